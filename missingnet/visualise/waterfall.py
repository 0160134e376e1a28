"""The waterfall chart of a suggestion: what each comparison adds to or takes from the evidence, in bits, to its sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from missingnet.visualise import look, svg

_ROW: Final = 36.0
_SIZE: Final = 16
_LABELS: Final = 390.0
_BARS: Final = 420.0
_NUMBERS: Final = 70.0
#: For, against, and the sum: dark enough to be told apart in print, and the sign stands beside each as well.
_FOR: Final = "#00703c"
_AGAINST: Final = "#d4351c"
_SUM: Final = "#1d70b8"


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: what was compared, what was found, and its weight in bits (0: not recorded)."""

    about: str
    says: str
    weight: float

    @property
    def words(self) -> str:
        """What stands beside the bar."""
        return f"{self.about}: {self.says}" if self.says else self.about

    @property
    def signed(self) -> str:
        """The weight with its sign."""
        return f"{self.weight:+.1f}" if self.weight else "0"


def drawn(bars: Sequence[Bar]) -> str:
    """The chart as SVG, each bar beginning where the one above ends; the last is their sum."""
    total = sum(bar.weight for bar in bars)
    ends, at = [], 0.0
    for bar in bars:
        ends.append((at, at + bar.weight))
        at += bar.weight
    ends.append((0.0, total))
    least = min(0.0, *(min(pair) for pair in ends))
    most = max(0.0, *(max(pair) for pair in ends))
    scale = _BARS / ((most - least) or 1.0)
    nought = _LABELS + (0.0 - least) * scale
    height = _ROW * len(ends) + 20
    parts = [f'<path d="M{svg.number(nought)} 6V{svg.number(height - 6)}" stroke="{look.FAINT}" stroke-width="1"/>']
    for number, (bar, (start, end)) in enumerate(zip([*bars, Bar("All together", "", total)], ends, strict=True)):
        last = number == len(bars)
        top = 10 + number * _ROW
        left, width = _LABELS + (min(start, end) - least) * scale, max(abs(end - start) * scale, 1.5)
        colour = _SUM if last else look.FAINT if not bar.weight else _FOR if bar.weight > 0 else _AGAINST
        parts.append(
            f'<rect x="{svg.number(left)}" y="{svg.number(top + 4)}" width="{svg.number(width)}" '
            f'height="{_ROW - 12:g}" fill="{colour}"/>'
        )
        for line, words in enumerate(_lines(bar.words)):
            parts.append(
                svg.text(
                    words, (0, top + (19 if len(_lines(bar.words)) == 1 else 12 + 16 * line)), size=_SIZE, bold=last
                )
            )
        parts.append(svg.text(bar.signed, (_LABELS + _BARS + _NUMBERS, top + 19), size=_SIZE, anchor="end", bold=last))
    words = "; ".join(f"{bar.words} {bar.signed}" for bar in bars)
    return svg.picture(
        (0, 0, _LABELS + _BARS + _NUMBERS, height),
        "waterfall",
        "How the evidence adds up",
        f"{words}; all together {total:+.1f} bits. The table below holds the same figures.",
        parts,
    )


def _lines(words: str, width: int = 46) -> list[str]:
    """At most two lines; the table holds the whole."""
    if len(words) <= width:
        return [words]
    cut = words.rfind(" ", 0, width) + 1 or width
    rest = words[cut:]
    return [words[:cut].rstrip(), rest if len(rest) <= width else f"{rest[: width - 1]}…"]
