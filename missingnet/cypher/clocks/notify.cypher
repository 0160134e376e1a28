// NOTIFY: who was told of a looked after child's episode and return, and who should have been
// params: since datetime, cover_days int, lists texts, starts_for texts, hours int derive, police texts derive, high_risk text derive, authorities texts derive, office_from int derive, office_to int derive
// uses: SAME-EPISODE
// row: NotifyFacts
// key: child_id
// about: c
// path: /clocks/notify
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
  } AS told, COLLECT {
    MATCH (c)-[j:HAD]->(l:ListEntry)
    WHERE l.list IN $lists AND (l.added IS NULL OR l.added <= $as_at_day)
    RETURN DISTINCT {record: l.record, agency: l.agency, list: l.list, added: l.added, removed: l.removed}
  } AS lists
ORDER BY child_id
