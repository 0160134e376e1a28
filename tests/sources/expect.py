"""Write the expected records of a source's sample anew: python -m tests.sources.expect NAME."""

import json
import sys

from tests.ingest.recording import read
from tests.sources.drawn import drawn
from tests.sources.test_each_source_reads_its_sample import HERE, sample_of


def write(name: str) -> None:
    """What the sample becomes now, for a person to read."""
    records, report = read(sample_of(name))
    said = {"rows": [file.rows for file in report.files], "records": drawn(records)}
    text = json.dumps(said, indent=1, ensure_ascii=False, sort_keys=False)
    (HERE / name / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(sys.argv[1])
