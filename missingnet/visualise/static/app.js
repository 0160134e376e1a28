// Every page: starts the components of the vendored design systems, and two small helps of our own.
//
//   table[data-module="moj-sortable-table"]   th[aria-sort] become buttons; td[data-sort-value] is what is compared
//   form[data-once]                           a form that is sent once: its buttons rest until the answer comes
//   select[data-needs="id"] with option[data-reference]   the field #id is required, and shown, only for those options
//                                             (purposes that need a meeting or a case); without scripts it is just shown
//   [data-again]                              something is going on: the page is asked for again every three seconds
//   .mn-scroll                                a region for a wide table: focusable only while there is something to scroll to
//   [data-part="/address"]                    filled with what that address answers to the header X-Part; within it
//                                             [data-without-js] stands until then, [data-part-waits] while it is asked,
//                                             [data-part-failed] when it could not be had; in the answer
//                                             [data-goes-to="id"] gives its children to that element of the page

import { createAll, initAll, SortableTable } from "./vendor/govuk.js";

/** What the design systems do for a page, or for a part that came after it. */
const start = (part) => {
  initAll({ scope: part });
  createAll(SortableTable, undefined, part);
  for (const region of part.querySelectorAll(".mn-scroll")) watcher.observe(region);
};

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-once]");
  if (!form || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
if (document.querySelector("[data-again]")) setTimeout(() => location.reload(), 3000);

// A page that the browser brings back with its Back button may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

for (const choice of document.querySelectorAll("select[data-needs]")) {
  const field = document.getElementById(choice.dataset.needs);
  if (!field) continue;
  const follow = () => {
    const needed = choice.selectedOptions[0]?.hasAttribute("data-reference") ?? false;
    field.required = needed;
    (field.closest(".govuk-form-group") ?? field).hidden = !needed;
  };
  choice.addEventListener("change", follow);
  follow();
}

const reachable = (region) => {
  const scrolls = region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight;
  if (scrolls) region.tabIndex = 0;
  else region.removeAttribute("tabindex");
};
const watcher = new ResizeObserver((entries) => entries.forEach((entry) => reachable(entry.target)));

/** Fill a part that the page was sent without. What could not be had is said, and never looks like nothing found. */
const fill = async (part) => {
  const show = (name, on) => {
    for (const words of part.querySelectorAll(`[${name}]`)) words.hidden = !on;
  };
  show("data-without-js", false);
  show("data-part-waits", true);
  try {
    const answer = await fetch(part.dataset.part, { credentials: "same-origin", headers: { "X-Part": "yes" } });
    if (!answer.ok || answer.redirected) throw new Error(`answered ${answer.status}`);
    const template = document.createElement("template");
    template.innerHTML = await answer.text(); // the service's own template, in which every text is escaped
    for (const moved of template.content.querySelectorAll("[data-goes-to]")) {
      document.getElementById(moved.dataset.goesTo)?.replaceChildren(...moved.children);
      moved.remove();
    }
    part.replaceChildren(template.content);
    start(part);
  } catch {
    show("data-part-waits", false);
    show("data-part-failed", true);
  }
};

start(document);
const parts = [...document.querySelectorAll("[data-part]")];
// Not before the page itself is there: what is on the screen comes first.
const fillAll = () => parts.forEach(fill);
if (document.readyState === "complete") fillAll();
else addEventListener("load", fillAll, { once: true });
