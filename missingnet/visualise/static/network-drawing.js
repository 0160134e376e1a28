// How a network is painted on the canvas: the shapes, dashes and bends of missingnet/visualise/look.py, which the
// server sends with the data, so that the screen and the printed picture are the same. Used by network.js only.

const smallestRadius = 6; // pixels on the screen, however far the view is zoomed out
const allLabelsFrom = 0.55; // below this zoom only the labels that matter now are drawn, at a size that can be read
const smallestLabel = 12;
const fewThings = 60; // so few can all carry their label at a size that can be read, however far the picture is zoomed out

const trace = (ctx, outline, x, y, radius) => {
  ctx.beginPath();
  if (!outline) {
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
  } else {
    outline.forEach(([dx, dy], place) => ctx[place ? "lineTo" : "moveTo"](x + radius * dx, y + radius * dy));
  }
  ctx.closePath();
};

const drawLabel = (ctx, looks, thing, x, top, bold, scale) => {
  const size = Math.max(looks.labelSize, (bold ? smallestLabel : smallestLabel - 1) / scale);
  const line = looks.labelLine * (size / looks.labelSize);
  ctx.font = `${bold ? "bold " : ""}${size}px ${looks.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  ctx.lineWidth = size / 3;
  ctx.strokeStyle = looks.paper;
  ctx.fillStyle = looks.ink;
  thing.lines.forEach((words, place) => {
    ctx.strokeText(words, x, top + place * line); // a white edge, so that no line cuts through a label
    ctx.fillText(words, x, top + place * line);
  });
};

/** A node for vis-network that paints itself. `view` tells the zoom and which nodes matter now. */
export const nodeItem = (thing, looks, view) => ({
  id: thing.id,
  x: thing.x,
  y: thing.y,
  shape: "custom",
  physics: false,
  hidden: false,
  ctxRenderer: ({ ctx, x, y }) => {
    const kind = looks.nodes[thing.kind];
    const scale = view.scale();
    const lit = view.lit(thing.id);
    const chosen = view.chosen(thing.id);
    const radius = Math.max(thing.here ? looks.radiusHere : looks.radius, smallestRadius / scale);
    return {
      drawNode: () => {
        if (chosen) {
          ctx.lineWidth = 4;
          ctx.strokeStyle = "#ffdd00";
          ctx.fillStyle = "#ffdd00";
          trace(ctx, null, x, y, radius + 8);
          ctx.fill();
        }
        if (thing.hub) {
          ctx.setLineDash([2, 3]);
          ctx.lineWidth = 1.5;
          ctx.strokeStyle = looks.ink;
          trace(ctx, null, x, y, radius + 5);
          ctx.stroke();
          ctx.setLineDash([]);
        }
        trace(ctx, kind.outline, x, y, radius);
        ctx.fillStyle = kind.colour;
        ctx.fill();
        ctx.lineWidth = thing.here || chosen ? 3.5 : 1.5;
        ctx.strokeStyle = looks.ink;
        ctx.stroke();
      },
      drawExternalLabel: () => {
        const bold = thing.here || lit;
        if (bold || scale >= allLabelsFrom || view.count() <= fewThings) {
          drawLabel(ctx, looks, thing, x, y + radius + (chosen ? 10 : 5), bold, scale);
        }
      },
      nodeDimensions: { width: 2 * radius, height: 2 * radius },
    };
  },
});

/** A line for vis-network, as wide, dashed and bowed as the server says. */
export const edgeItem = (link, looks) => {
  const look = looks.links[link.strength];
  const bend = link.bend;
  return {
    id: link.id,
    from: link.source,
    to: link.target,
    width: look.width,
    dashes: link.mark ? looks.fadedDash : (look.dash ?? false),
    color: { color: link.mark ? looks.links.weak.colour : look.colour, highlight: looks.ink, inherit: false },
    smooth: bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : false,
    hidden: false,
  };
};

/** The options that make the canvas still: no physics, no keyboard or wheel of its own, nothing said twice. */
export const options = {
  physics: false,
  layout: { improvedLayout: false, randomSeed: 1 },
  interaction: { keyboard: false, hover: false, multiselect: false, selectConnectedEdges: false, zoomView: false },
  nodes: { chosen: false },
  edges: { selectionWidth: 3, arrowStrikethrough: true },
};
