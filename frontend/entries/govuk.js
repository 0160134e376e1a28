// The components of GOV.UK Frontend, and the one of MoJ Frontend, that our pages use.
export { createAll, initAll } from "govuk-frontend";
export { SortableTable } from "@ministryofjustice/frontend/moj/components/sortable-table/sortable-table.mjs";
