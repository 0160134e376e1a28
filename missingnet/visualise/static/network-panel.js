// What the side panel says about a thing or a link, built as elements from the data: no record's text is ever markup.
// Used by network.js only.

export const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

/** Show what only works with scripts and hide what stands in for it without them; or the other way round. */
export const showScripted = (within, scripted = true) => {
  for (const part of within.querySelectorAll("[data-needs-js]")) part.hidden = !scripted;
  for (const part of within.querySelectorAll("[data-without-js]")) part.hidden = scripted;
};

const strengthTag = (link, looks) => {
  const colour = { strong: "govuk-tag--blue", medium: "govuk-tag--grey", weak: "govuk-tag--yellow" }[link.strength];
  return element("strong", { class: `govuk-tag ${colour}` }, looks.links[link.strength].words);
};

/** What is said of a link past its review date, or said to hold no longer; nothing of another. */
const markTag = (link) => (link.mark ? [" ", element("strong", { class: "govuk-tag govuk-tag--orange" }, link.mark)] : []);

const row = (term, ...words) => [element("dt", {}, term), element("dd", {}, ...words)];

/** Why is this link here: rule, reason, records with agency, grading and day, each with a link to the record. */
export const linkPanel = (link, things, looks) => {
  const sources = link.records.map((record) => {
    const said = element("li", {}, element("strong", {}, record.words), element("br"), `${record.agency}, ${record.on}`);
    if (record.grade) said.append(" ", element("span", { class: "mn-grade" }, record.grade));
    if (record.url) {
      const hidden = element("span", { class: "govuk-visually-hidden" }, `: ${record.words}, ${record.on}`);
      said.append(element("br"), element("a", { class: "govuk-link", href: record.url }, "Open the record", hidden));
    }
    return said;
  });
  return [
    element("h3", { class: "govuk-heading-s" }, `${things.get(link.source).label} – ${link.words} – ${things.get(link.target).label}`),
    element("p", { class: "mn-tags" }, strengthTag(link, looks), ...markTag(link)),
    element(
      "dl",
      { class: "mn-why" },
      ...row("Why is this link here?", link.why),
      ...row("Rule", link.rule),
      ...row("When", link.when),
      ...(link.standing ? row("Sources and review", link.standing) : []),
      ...row(link.agencies.length === 1 ? "Agency" : "Agencies", link.agencies.join(", ")),
    ),
    ...(link.url ? [element("p", { class: "govuk-body-s" }, element("a", { class: "govuk-link", href: link.url }, "Say whether it still holds"))] : []),
    element("h4", { class: "govuk-heading-s" }, link.records.length === 1 ? "Record" : `${link.records.length} records`),
    element("ul", { class: "mn-records" }, ...sources),
  ];
};

/** What a thing is, and each of its links that is shown, as a button that says why that link is here. */
export const thingPanel = (thing, links, things, looks) => {
  const parts = [element("h3", { class: "govuk-heading-s" }, thing.label)];
  const about = element("p", { class: "govuk-body-s" }, looks.nodes[thing.kind].words);
  if (thing.url && !thing.here) about.append(" · ", element("a", { class: "govuk-link", href: thing.url }, "Open its page"));
  parts.push(about);
  if (thing.note) parts.push(element("p", { class: "govuk-body-s" }, thing.note));
  const items = links.map((link) => {
    const other = things.get(link.source === thing.id ? link.target : link.source);
    const way = link.source === thing.id ? `${link.words} ${other.label}` : `${other.label} ${link.words} ${thing.label}`;
    const button = element("button", { type: "button", class: "mn-show", "data-show-link": link.id }, way);
    return element("li", {}, button, element("br"), `${link.when} `, strengthTag(link, looks), ...markTag(link));
  });
  parts.push(element("ul", { class: "mn-records" }, ...items));
  return parts;
};
