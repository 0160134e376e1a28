// OOA-NOTIFY: both authorities told of the episode of a child placed out of area
// params: since datetime, cover_days int, starts_for texts, hours int derive, police texts derive, high_risk text derive, authorities texts derive
// uses: SAME-EPISODE
// row: NotifyFacts
// key: child_id
// about: c
// path: /clocks/out-of-area-notify
CALL () {
  MATCH (f:Notification)
  WHERE f.observed_from >= $since - duration({days: $cover_days}) AND f.observed_from <= $as_at
  WITH f.agency AS agency, f.source AS source, max(last(f.seen)) AS extract, min(f.observed_from) AS first
  RETURN collect({agency: agency, source: source, first: first, last: extract}) AS files
}
MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE (e.started >= $since - duration({days: $open_days}) OR e.ended >= $since - duration({days: $open_days}))
  AND e.started <= $as_at
WITH files, c, collect(DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference,
  became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
  precision: e.precision, returned: CASE WHEN e.returned <= $as_at THEN e.returned END, authority: e.authority,
  risk: e.risk, notified: coalesce(e.notified, [])}) AS episodes
WHERE $about IS NOT NULL OR (any(x IN episodes WHERE x.kind IN $starts_for)
  AND EXISTS { MATCH (c)-[n:HAD]->(o:Placement) WHERE o.started IS NULL OR o.started <= $as_at_day })
RETURN c.id AS child_id, episodes, files, COLLECT {
    MATCH (c)-[p:HAD]->(d:Placement)
    WHERE d.started IS NULL OR d.started <= $as_at_day
    OPTIONAL MATCH (d)-[q:PLACED_IN]->(k:Home)
    OPTIONAL MATCH (k)-[b:DESCRIBED_BY]->(a:Description)
    WHERE a.authority IS NOT NULL
    RETURN DISTINCT {record: d.record, agency: d.agency, started: d.started, ended: d.ended, home_id: k.id, host: a.authority}
  } AS placements, COLLECT {
    MATCH (c)-[i:HAD]->(t:Notification)
    WHERE t.at <= $as_at
    RETURN DISTINCT {record: t.record, told: t.told, told_by: t.told_by, at: t.at, occasion: t.occasion,
      about: t.episode_reference, not_told_because: t.not_told_because}
  } AS told, [] AS lists
ORDER BY child_id
