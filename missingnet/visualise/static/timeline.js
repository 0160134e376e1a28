// Draws the timeline of a page. The page is whole without it: the same entries are in the list below the picture.
//
// Expects these elements (those marked ? may be absent):
//   #timeline                    the section
//   script#timeline-data         JSON of visualise.timeline.timeline_json (type="application/json")
//   #timeline-canvas             empty div, focusable, role="application", data-needs-js hidden
//   #timeline-status             empty, role="status": speaks the chosen entry
//   #timeline-zoom-in? #timeline-zoom-out? #timeline-earlier? #timeline-later? #timeline-fit?   buttons
//   #timeline-list?              the twin: its items carry data-entry-id and tabindex="-1"
//   [data-needs-js][hidden]      shown when the drawing stands;  [data-without-js]  hidden then (both in the section)
//
// Keys on the canvas: left and right choose the entry before or after, Home and End the first and last, Enter goes to
// the chosen entry's item of the list, + - 0 zoom and fit, Escape clears. A double click goes to the item too.

import { DataSet, Timeline } from "./vendor/vis.js";

const byId = (id) => document.getElementById(id);
const svgNamespace = "http://www.w3.org/2000/svg";
const dayLength = 86_400_000;
const moment = 1500; // milliseconds after the page in which the network has the browser to itself
const longest = 44; // characters beside a mark; the list has the words whole

const mark = (look) => {
  const picture = document.createElementNS(svgNamespace, "svg");
  for (const [name, value] of Object.entries({ width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true" })) {
    picture.setAttribute(name, value);
  }
  const path = document.createElementNS(svgNamespace, "path");
  path.setAttribute("d", look.path);
  path.setAttribute("fill", look.colour);
  path.setAttribute("stroke", "#0b0c0c");
  picture.append(path);
  return picture;
};

const shortened = (words, most) => (words.length > most ? `${words.slice(0, most - 1).trimEnd()}…` : words);

class Line {
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.canvas = byId("timeline-canvas");
    this.entries = data.entries.map((entry) => ({ ...entry, from: new Date(entry.start) }));
    this.entries.sort((a, b) => a.from - b.from || a.id.localeCompare(b.id));
    this.chosen = -1;
    const narrow = this.canvas.clientWidth < 600;
    this.most = narrow ? 16 : longest;
    const until = new Date(new Date(data.until).getTime() + dayLength);
    this.last = new Date(Math.max(until, ...this.entries.map((entry) => new Date(entry.end ?? entry.start))));
    this.first = new Date(Math.min(new Date(data.since), this.last - dayLength));
    const groups = data.lanes.map(({ id, words }, order) => ({ id, content: this.laneWords(words), order }));
    this.line = new Timeline(this.canvas, new DataSet(this.items()), new DataSet(groups), {
      align: "left",
      groupOrder: "order",
      horizontalScroll: false,
      locale: "en",
      margin: { item: { horizontal: 6, vertical: 4 }, axis: 4 },
      maxHeight: 520,
      orientation: "top",
      selectable: true,
      showCurrentTime: false,
      showTooltips: false,
      stack: true,
      template: (item) => item.made ?? "",
      verticalScroll: true,
      zoomKey: "ctrlKey",
      zoomMin: 6 * 3_600_000,
      ...this.window(),
    });
    this.listen();
  }

  laneWords(words) {
    const made = document.createElement("span");
    made.textContent = words;
    return made;
  }

  content(entry, before) {
    const made = document.createElement("span");
    made.className = "mn-entry";
    made.append(mark(this.data.looks[entry.kind]), before + shortened(entry.words, this.most));
    return made;
  }

  /** Each entry is a mark with words; one that lasted also tints its row from beginning to end. */
  items() {
    return this.entries.flatMap((entry, place) => {
      // One that began before the period is marked at its edge, with an arrow, so that its row is not left unexplained.
      const early = entry.from < this.first && (entry.open || new Date(entry.end ?? 0) > this.first);
      const start = early ? this.first : entry.from;
      const point = { id: place, group: entry.lane, start, type: "point", made: this.content(entry, early ? "← " : "") };
      const end = entry.open ? this.last : entry.end && new Date(entry.end);
      if (!end || end <= entry.from) return [point];
      const className = `mn-lasted mn-lasted--${entry.kind}${entry.open ? " mn-lasted--open" : ""}`;
      return [point, { id: `b${place}`, group: entry.lane, start: entry.from, end, type: "background", className }];
    });
  }

  /** From the first day to a time that leaves room for the words of every entry, so that the last is not clipped. */
  window() {
    const room = Math.max(120, this.canvas.clientWidth - (this.canvas.clientWidth < 600 ? 100 : 170));
    const span = this.last - this.first;
    let end = this.last.getTime() + span * 0.02;
    const from = this.first.getTime() - span * 0.02;
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = "14px Arial, sans-serif";
    for (const entry of this.entries) {
      const width = Math.min(pen.measureText(shortened(entry.words, this.most)).width + 40, room * 0.85);
      end = Math.max(end, from + (entry.from - from) * (room / (room - width)));
    }
    const earliest = Math.min(from, ...this.entries.map((entry) => entry.from.getTime()));
    return { start: new Date(from), end: new Date(end), min: new Date(earliest - span), max: new Date(end + span) };
  }

  fit() {
    const { start, end } = this.window();
    this.line.setWindow(start, end, { animation: false });
  }

  choose(place) {
    const entry = this.entries[place];
    this.chosen = entry ? place : -1;
    this.line.setSelection(entry ? [place] : []);
    for (const item of document.querySelectorAll("#timeline-list [data-entry-id]")) {
      item.classList.toggle("mn-chosen", item.dataset.entryId === entry?.id);
    }
    if (!entry) return this.say("Nothing is chosen.");
    const { start, end } = this.line.getWindow();
    if (entry.from < start || entry.from > end) this.line.moveTo(entry.from, { animation: false });
    const kind = this.data.looks[entry.kind].words;
    return this.say(`${kind}: ${entry.words}, ${entry.when}. ${place + 1} of ${this.entries.length}.`);
  }

  say(words) {
    byId("timeline-status").textContent = words;
  }

  goToList() {
    const wanted = this.entries[this.chosen]?.id;
    const item = [...document.querySelectorAll("#timeline-list [data-entry-id]")].find(
      (one) => one.dataset.entryId === wanted,
    );
    item?.focus();
    item?.scrollIntoView({ block: "center" });
  }

  step(by) {
    const next = this.chosen < 0 ? (by > 0 ? 0 : this.entries.length - 1) : this.chosen + by;
    if (next < 0 || next >= this.entries.length) this.say(by > 0 ? "This is the last entry." : "This is the first entry.");
    else this.choose(next);
  }

  move(by) {
    const { start, end } = this.line.getWindow();
    const span = (end - start) * by;
    this.line.setWindow(new Date(start.getTime() + span), new Date(end.getTime() + span), { animation: false });
  }

  zoom(by) {
    if (by > 0) this.line.zoomIn(by, { animation: false });
    else this.line.zoomOut(-by, { animation: false });
  }

  listen() {
    this.line.on("click", ({ item }) => {
      this.canvas.focus({ preventScroll: true });
      const place = typeof item === "number" ? item : -1;
      this.choose(place);
    });
    this.line.on("doubleClick", () => this.goToList());
    this.canvas.addEventListener("keydown", (event) => {
      if (event.altKey || event.metaKey || event.ctrlKey) return;
      const act = {
        ArrowLeft: () => this.step(-1),
        ArrowRight: () => this.step(1),
        Home: () => this.choose(0),
        End: () => this.choose(this.entries.length - 1),
        Enter: () => this.goToList(),
        "+": () => this.zoom(0.4),
        "=": () => this.zoom(0.4),
        "-": () => this.zoom(-0.4),
        0: () => this.fit(),
        Escape: () => this.choose(-1),
      }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    });
    const press = (id, act) => byId(id)?.addEventListener("click", act);
    press("timeline-zoom-in", () => this.zoom(0.4));
    press("timeline-zoom-out", () => this.zoom(-0.4));
    press("timeline-earlier", () => this.move(-0.3));
    press("timeline-later", () => this.move(0.3));
    press("timeline-fit", () => this.fit());
  }
}

const draw = (root, source) => {
  const parts = (name) => root.querySelectorAll(name);
  const scripted = (on) => {
    for (const part of parts("[data-needs-js]")) part.hidden = !on;
    for (const part of parts("[data-without-js]")) part.hidden = on;
  };
  scripted(true);
  try {
    root.line = new Line(root, JSON.parse(source.textContent));
  } catch (error) {
    scripted(false); // the server's picture and the list say the same
    throw error;
  }
};

const root = byId("timeline");
const source = byId("timeline-data");
if (root && source) {
  // It measures each entry as it draws, which a page with a large network feels: so it comes a moment after the page,
  // or as soon as it is nearly in view. Until then the server's picture stands in its place.
  const once = () => {
    watcher.disconnect();
    if (!root.line) draw(root, source);
  };
  const watcher = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && once(), {
    rootMargin: "100px",
  });
  watcher.observe(root);
  const later = () => setTimeout(once, moment);
  if (document.readyState === "complete") later();
  else addEventListener("load", later, { once: true });
}
