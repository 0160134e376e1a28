// CME-DAY3: day three of a child missing education: the education welfare service
// params: since datetime, days int derive, refer_days int derive
// uses: SCHOOL-DAYS
// row: PathFacts
// key: child_id
// about: c
// path: /clocks/education-day-3
CALL () {
  MATCH (f:MissingEducation)
  WHERE f.observed_from <= $as_at
  WITH f.agency AS agency, max(CASE WHEN f.home_contacted <= $as_at_day THEN 'home_contacted' END) AS home_contacted,
    max(CASE WHEN f.assessed <= $as_at_day THEN 'assessed' END) AS assessed,
    max(CASE WHEN f.police_told <= $as_at_day THEN 'police_told' END) AS police_told,
    max(CASE WHEN f.social_care_told <= $as_at_day THEN 'social_care_told' END) AS social_care_told,
    max(CASE WHEN f.welfare_told <= $as_at_day THEN 'welfare_told' END) AS welfare_told,
    max(CASE WHEN f.home_checked <= $as_at_day THEN 'home_checked' END) AS home_checked,
    max(CASE WHEN f.databases_checked <= $as_at_day THEN 'databases_checked' END) AS databases_checked,
    max(CASE WHEN f.reassessed <= $as_at_day THEN 'reassessed' END) AS reassessed,
    max(CASE WHEN f.off_roll <= $as_at_day THEN 'off_roll' END) AS off_roll,
    max(CASE WHEN f.transfer_file <= $as_at_day THEN 'transfer_file' END) AS transfer_file,
    max(CASE WHEN f.cme_team_told <= $as_at_day THEN 'cme_team_told' END) AS cme_team_told
  RETURN collect({agency: agency, steps: [x IN [home_contacted, assessed, police_told, social_care_told, welfare_told, home_checked, databases_checked, reassessed, off_roll, transfer_file, cme_team_told] WHERE x IS NOT NULL]}) AS registers
}
MATCH (c:Child)-[h:HAD]->(e:MissingEducation)
WHERE (e.started IS NULL OR e.started <= $as_at_day) AND (e.ended IS NULL OR e.ended > $as_at_day
    OR h.observed_to >= $since OR h.observed_from >= $since)
OPTIONAL MATCH (e)-[n:ENROLLED_AT]->(s:School)
WITH registers, c, collect(DISTINCT {record: e.record, agency: e.agency, school_id: s.id,
  started: e.started, ended: CASE WHEN e.ended <= $as_at_day THEN e.ended END, last_attended: e.last_attended,
  expected_return: e.expected_return, concerns: coalesce(e.concerns, []),
  home_contacted: e.home_contacted, assessed: e.assessed, police_told: e.police_told, social_care_told: e.social_care_told, welfare_told: e.welfare_told, home_checked: e.home_checked,
  databases_checked: e.databases_checked, reassessed: e.reassessed, off_roll: e.off_roll, transfer_file: e.transfer_file, cme_team_told: e.cme_team_told}) AS entries
RETURN c.id AS child_id, registers, entries, COLLECT {
    MATCH (c)-[h2:HAD]->(m:MissingEducation)-[n2:ENROLLED_AT]->(s2:School)-[k:KEEPS]->(y:SchoolCalendar)
    RETURN DISTINCT {record: y.record, school_id: s2.id, kind: y.kind, started: y.started, ended: y.ended}
  } AS calendars, [] AS lists, [] AS placements
ORDER BY child_id
