// Draws the network of a page and answers keyboard and mouse. The page is whole without it: the same links are in a table.
//
// Expects these elements (those marked ? may be absent):
//   #network                     the section; data-expand-url? = where an expansion is asked for (POST, JSON)
//   script#network-data          JSON of visualise.network.network_json (type="application/json")
//   #network-canvas              empty div, focusable, role="application", data-needs-js hidden
//   #network-status              empty, role="status": speaks what is chosen
//   #network-count?              'Showing 18 of 24 links.'; data-found? = how many the server found in all
//   #network-panel               side panel; its first content comes back when nothing is chosen
//   #network-expand? #network-undo? #network-zoom-in? #network-zoom-out? #network-fit?   buttons
//   form#network-filters?        checkboxes name="kind" (value: kind of link) and name="strength", dates name="from", "to",
//                                a button type="reset" that shows everything
//   #links-rows?                 tbody whose rows carry data-link-id; [data-show-link="id"] anywhere chooses that link
//   [data-needs-js][hidden]      shown when the drawing stands;  [data-without-js]  hidden then (both within the page)
//   meta[name=csrf-token]?       sent as X-CSRF-Token with an expansion
//
// Expansion: POST {"id", "shown": {id: [x, y]}, "links": [id]} gives {"nodes", "edges", "notes", "rows"}
// (visualise.network.expansion_data); rows are <tr data-link-id> from the page's own template.
// Keys on the canvas: arrows, Page Up and Page Down choose a thing; L a link of it; Enter expands the thing or goes to
// the panel of the link; + - 0 zoom and fit; Control Z undoes; Escape clears.

import { edgeItem, nodeItem, options } from "./network-drawing.js";
import { element, linkPanel, showScripted, thingPanel } from "./network-panel.js";
import { DataSet, Network } from "./vendor/vis.js";

const byId = (id) => document.getElementById(id);
const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

class Explorer {
  constructor(root, data) {
    this.root = root;
    this.looks = data.looks;
    this.things = new Map();
    this.links = new Map();
    this.chosen = { thing: null, link: null };
    this.expansions = [];
    this.busy = false;
    this.canvas = byId("network-canvas");
    this.panel = byId("network-panel");
    const name = this.canvas.getAttribute("aria-label") ?? "Network";
    this.paper = element("canvas", { class: "mn-print", role: "img", "aria-label": name });
    this.canvas.after(this.paper);
    this.opening = [...this.panel.childNodes];
    this.form = byId("network-filters");
    this.rows = byId("links-rows");
    this.cut = Math.max(0, Number(byId("network-count")?.dataset.found ?? 0) - data.edges.length);
    this.nodes = new DataSet();
    this.edges = new DataSet();
    this.view = {
      scale: () => this.network?.getScale() ?? 1,
      count: () => this.things.size,
      chosen: (id) => id === this.chosen.thing,
      lit: (id) => this.lit.has(id),
    };
    this.lit = new Set();
    this.add(data.nodes, data.edges);
    this.network = new Network(this.canvas, { nodes: this.nodes, edges: this.edges }, options);
    this.listen();
    this.filter(false);
    this.fit();
  }

  /** Add things and links, each as one array: one at a time would repaint for each. */
  add(things, links) {
    for (const thing of things) this.things.set(thing.id, thing);
    this.nodes.add(things.map((thing) => nodeItem(thing, this.looks, this.view)));
    for (const link of links) this.links.set(link.id, link);
    this.edges.add(links.map((link) => edgeItem(link, this.looks)));
  }

  say(words) {
    byId("network-status").textContent = words;
  }

  shown(link) {
    return !this.edges.get(link.id).hidden;
  }

  linksOf(id) {
    return [...this.links.values()].filter((link) => (link.source === id || link.target === id) && this.shown(link));
  }

  visibleThings() {
    return [...this.things.values()].filter((thing) => !this.nodes.get(thing.id).hidden);
  }

  choose(thing, link, words) {
    this.chosen = { thing, link };
    const links = link ? [this.links.get(link)] : thing ? this.linksOf(thing) : [];
    this.lit = new Set([thing, ...links.flatMap((one) => [one.source, one.target])].filter(Boolean));
    const edges = links.map((one) => one.id);
    this.network.setSelection({ nodes: thing ? [thing] : [], edges }, { highlightEdges: false });
    const expand = byId("network-expand");
    if (expand) expand.disabled = !thing || this.busy;
    for (const row of this.rows?.rows ?? []) {
      row.classList.toggle("mn-chosen", edges.includes(row.dataset.linkId));
    }
    if (link) this.panel.replaceChildren(...linkPanel(links[0], this.things, this.looks));
    else if (thing) this.panel.replaceChildren(...thingPanel(this.things.get(thing), links, this.things, this.looks));
    else this.panel.replaceChildren(...this.opening);
    if (words !== undefined) this.say(words);
  }

  chooseThing(id) {
    const thing = this.things.get(id);
    const kind = this.looks.nodes[thing.kind].words.toLowerCase();
    const note = thing.note ? ` ${thing.note}` : "";
    this.choose(id, null, `${thing.label}, ${kind}, ${count(this.linksOf(id).length, "link")}.${note}`);
    this.keepInView(id);
  }

  chooseLink(id, from = null) {
    const link = this.links.get(id);
    const ends = `${this.things.get(link.source).label} ${link.words} ${this.things.get(link.target).label}`;
    const strength = this.looks.links[link.strength].words.toLowerCase();
    this.choose(from, id, `${ends}. ${link.when}, ${strength}, ${count(link.records.length, "record")}.`);
  }

  keepInView(id) {
    const at = this.network.canvasToDOM(this.network.getPosition(id));
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (at.x < 20 || at.y < 20 || at.x > width - 20 || at.y > height - 40) {
      this.network.moveTo({ position: this.network.getPosition(id), animation: false });
    }
  }

  fit() {
    const nodes = this.visibleThings().map((thing) => thing.id);
    this.network.fit({ nodes, animation: false, maxZoomLevel: 1.25 });
    const here = this.network.getViewPosition();
    // Labels reach beyond the shapes that are fitted.
    const scale = this.network.getScale() * 0.9;
    this.network.moveTo({ scale, position: { x: here.x, y: here.y + 10 / scale }, animation: false });
  }

  /** Paper shows the whole of what is drawn now, as a picture: a canvas does not follow the width of a page. */
  forPaper() {
    const [scale, position] = [this.network.getScale(), this.network.getViewPosition()];
    this.fit();
    this.network.redraw();
    // A picture copied is there at once; one loaded from an address may come when the paper is out.
    const drawn = this.canvas.querySelector("canvas");
    [this.paper.width, this.paper.height] = [drawn.width, drawn.height];
    this.paper.getContext("2d").drawImage(drawn, 0, 0);
    this.network.moveTo({ scale, position, animation: false });
  }

  zoom(by) {
    const scale = Math.min(3, Math.max(0.15, this.network.getScale() * by));
    this.network.moveTo({ scale, animation: false });
  }

  /** Choose the nearest thing in a direction; a thing linked to the chosen one counts as nearer. */
  step(dx, dy) {
    const here = this.chosen.thing;
    if (!here) {
      const first = this.visibleThings().find((thing) => thing.here) ?? this.visibleThings()[0];
      if (first) this.chooseThing(first.id);
      return;
    }
    const at = this.network.getPosition(here);
    const near = new Set(this.linksOf(here).flatMap((link) => [link.source, link.target]));
    let best = null;
    for (const thing of this.visibleThings()) {
      if (thing.id === here) continue;
      const there = this.network.getPosition(thing.id);
      const along = (there.x - at.x) * dx + (there.y - at.y) * dy;
      const aside = Math.abs((there.x - at.x) * dy) + Math.abs((there.y - at.y) * dx);
      if (along <= 0 || aside > along * 1.2) continue;
      const far = (along + 2 * aside) * (near.has(thing.id) ? 0.6 : 1);
      if (!best || far < best.far) best = { id: thing.id, far };
    }
    if (best) this.chooseThing(best.id);
    else this.say("Nothing further that way.");
  }

  turn(by) {
    const all = this.visibleThings().sort((a, b) => a.label.localeCompare(b.label));
    const place = all.findIndex((thing) => thing.id === this.chosen.thing);
    if (all.length) this.chooseThing(all[(place + by + all.length) % all.length].id);
  }

  nextLink(back) {
    const thing = this.chosen.thing;
    const links = thing ? this.linksOf(thing) : [...this.links.values()].filter((link) => this.shown(link));
    if (!links.length) return;
    const place = links.findIndex((link) => link.id === this.chosen.link);
    const next = place < 0 ? 0 : (place + (back ? -1 : 1) + links.length) % links.length;
    this.chooseLink(links[next].id, thing);
  }

  /** Show the links that the form asks for, and the things they join; the table's rows follow. */
  filter(speak = true) {
    const boxes = (name) => [...(this.form?.querySelectorAll(`input[name="${name}"]`) ?? [])];
    const off = (name) => new Set(boxes(name).filter((box) => !box.checked).map((box) => box.value));
    const [kinds, strengths] = [off("kind"), off("strength")];
    const [from, to] = ["from", "to"].map((name) => this.form?.elements[name]?.value ?? "");
    let undated = 0;
    const passes = (link) => {
      if (kinds.has(link.kind) || strengths.has(link.strength)) return false;
      if (!link.first && !link.last && (from || to)) {
        undated += 1;
        return true;
      }
      return !((from && (link.last ?? link.first) < from) || (to && (link.first ?? link.last) > to));
    };
    const joined = new Set();
    const links = [...this.links.values()].map((link) => {
      const hidden = !passes(link);
      if (!hidden) joined.add(link.source).add(link.target);
      return { id: link.id, hidden };
    });
    this.edges.update(links);
    this.nodes.update([...this.things.values()].map(({ id, here }) => ({ id, hidden: !here && !joined.has(id) })));
    for (const row of this.rows?.rows ?? []) {
      row.hidden = this.links.has(row.dataset.linkId) && !this.shown(this.links.get(row.dataset.linkId));
    }
    const shown = links.filter((link) => !link.hidden).length;
    const kept = undated ? ` ${count(undated, "link")} without a date ${undated === 1 ? "is" : "are"} kept.` : "";
    const words = `Showing ${shown} of ${count(links.length + this.cut, "link")}.${kept}`;
    if (byId("network-count")) byId("network-count").textContent = words;
    const { thing, link } = this.chosen;
    if ((thing && this.nodes.get(thing).hidden) || (link && this.edges.get(link).hidden)) this.choose(null, null);
    if (speak) this.say(words);
  }

  async expand() {
    const id = this.chosen.thing;
    const url = this.root.dataset.expandUrl;
    if (!id || !url || this.busy) return;
    const name = this.things.get(id).label;
    if (this.expansions.some((one) => one.id === id)) return this.say(`${name} is already expanded.`);
    this.busy = true;
    this.canvas.setAttribute("aria-busy", "true");
    this.say(`Expanding ${name}.`);
    try {
      const found = await this.ask(url, id);
      this.take(id, name, found);
    } catch {
      this.say(`${name} could not be expanded. Nothing has changed.`);
    } finally {
      this.busy = false;
      this.canvas.removeAttribute("aria-busy");
      const button = byId("network-expand");
      if (button) button.disabled = !this.chosen.thing;
    }
  }

  async ask(url, id) {
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    const token = document.querySelector('meta[name="csrf-token"]')?.content;
    if (token) headers["X-CSRF-Token"] = token;
    const where = Object.entries(this.network.getPositions()).map(([name, { x, y }]) => [name, [x, y]]);
    const body = JSON.stringify({ id, shown: Object.fromEntries(where), links: [...this.links.keys()] });
    const answer = await fetch(url, { method: "POST", credentials: "same-origin", headers, body });
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    return answer.json();
  }

  take(id, name, found) {
    const things = found.nodes.filter((thing) => !this.things.has(thing.id));
    const links = found.edges.filter((link) => !this.links.has(link.id));
    const notes = found.notes.map((note) => element("p", { class: "govuk-body-s" }, note));
    byId("network-count")?.after(...notes);
    const template = element("template");
    template.innerHTML = found.rows;
    const rows = [...template.content.querySelectorAll("tr")];
    this.rows?.append(...rows);
    showScripted(this.rows ?? this.root);
    const boxes = this.addKinds(links);
    this.add(things, links);
    this.expansions.push({ id, things, links, added: [...notes, ...rows, ...boxes] });
    this.filter(false);
    this.chooseThing(id);
    if (things.some((thing) => this.outside(thing.id))) this.fit();
    byId("network-undo")?.removeAttribute("disabled");
    const more = `${name} expanded: ${count(things.length, "new thing")}, ${count(links.length, "new link")}.`;
    this.say([more, ...found.notes].join(" "));
  }

  outside(id) {
    const at = this.network.canvasToDOM(this.network.getPosition(id));
    return at.x < 0 || at.y < 0 || at.x > this.canvas.clientWidth || at.y > this.canvas.clientHeight;
  }

  /** A kind of link that only an expansion brought gets its own box in the form. */
  addKinds(links) {
    const boxes = [...(this.form?.querySelectorAll('input[name="kind"]') ?? [])];
    if (!boxes.length) return [];
    const known = new Set(boxes.map((box) => box.value));
    const items = [];
    for (const link of links.filter((one) => !known.has(one.kind))) {
      if (items.some((item) => item.dataset.kind === link.kind)) continue;
      const id = `kind-more-${this.links.size}-${items.length}`;
      const box = element("input", { class: "govuk-checkboxes__input", type: "checkbox", name: "kind", value: link.kind, id });
      box.checked = true;
      const label = element("label", { class: "govuk-label govuk-checkboxes__label", for: id }, link.words);
      items.push(element("div", { class: "govuk-checkboxes__item", "data-kind": link.kind }, box, label));
    }
    boxes.at(-1).parentElement.after(...items);
    return items;
  }

  undo() {
    const last = this.expansions.pop();
    if (!last) return this.say("There is nothing to undo.");
    this.choose(null, null);
    this.edges.remove(last.links.map((link) => link.id));
    this.nodes.remove(last.things.map((thing) => thing.id));
    for (const link of last.links) this.links.delete(link.id);
    for (const thing of last.things) this.things.delete(thing.id);
    for (const one of last.added) one.remove();
    const button = byId("network-undo");
    if (button) button.disabled = !this.expansions.length;
    this.filter(false);
    if (!this.nodes.get(last.id).hidden) this.chooseThing(last.id);
    this.say(`Undone: ${this.things.get(last.id).label} is no longer expanded.`);
  }

  key(event) {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const act = {
      ArrowLeft: () => this.step(-1, 0),
      ArrowRight: () => this.step(1, 0),
      ArrowUp: () => this.step(0, -1),
      ArrowDown: () => this.step(0, 1),
      PageDown: () => this.turn(1),
      PageUp: () => this.turn(-1),
      l: () => this.nextLink(false),
      L: () => this.nextLink(true),
      Enter: () => (this.chosen.link ? this.panel.querySelector("a, button")?.focus() : this.expand()),
      "+": () => this.zoom(1.25),
      "=": () => this.zoom(1.25),
      "-": () => this.zoom(0.8),
      0: () => this.fit(),
      Escape: () => this.choose(null, null, "Nothing is chosen."),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  listen() {
    this.network.on("click", ({ nodes, edges }) => {
      this.canvas.focus({ preventScroll: true });
      if (nodes.length) this.chooseThing(nodes[0]);
      else if (edges.length) this.chooseLink(edges[0]);
      else this.choose(null, null, "Nothing is chosen.");
    });
    this.network.on("doubleClick", ({ nodes }) => nodes.length && this.expand());
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    // The wheel scrolls the page until a person has gone into the diagram.
    this.canvas.addEventListener("focus", () => this.network.setOptions({ interaction: { zoomView: true } }));
    this.canvas.addEventListener("blur", () => this.network.setOptions({ interaction: { zoomView: false } }));
    this.root.addEventListener("keydown", (event) => {
      const writing = event.target.closest("input, textarea, select");
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && !writing) {
        event.preventDefault();
        this.undo();
      }
    });
    const press = (id, act) => byId(id)?.addEventListener("click", act);
    press("network-expand", () => this.expand());
    press("network-undo", () => this.undo());
    press("network-zoom-in", () => this.zoom(1.25));
    press("network-zoom-out", () => this.zoom(0.8));
    press("network-fit", () => this.fit());
    addEventListener("beforeprint", () => this.forPaper());
    this.form?.addEventListener("change", () => this.filter());
    this.form?.addEventListener("reset", (event) => {
      event.preventDefault(); // a reset would bring back what the server was asked to leave out
      for (const box of this.form.querySelectorAll('input[type="checkbox"]')) box.checked = true;
      for (const day of this.form.querySelectorAll('input[type="date"]')) day.value = "";
      this.filter();
    });
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-show-link]");
      if (!button || !this.links.has(button.dataset.showLink)) return;
      const inPanel = this.panel.contains(button);
      this.chooseLink(button.dataset.showLink);
      this.keepInView(this.links.get(button.dataset.showLink).source);
      if (inPanel) this.panel.querySelector("a, button")?.focus();
      else this.canvas.focus();
    });
  }
}

const root = byId("network");
const source = byId("network-data");
if (root && source) {
  const data = JSON.parse(source.textContent);
  showScripted(root);
  if (byId("links-rows")) showScripted(byId("links-rows"));
  try {
    root.explorer = new Explorer(root, data);
  } catch (error) {
    // The server's picture and the table say the same: show them rather than an empty frame.
    showScripted(root, false);
    throw error;
  }
}
