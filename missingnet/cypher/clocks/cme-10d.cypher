// CME-10D: ten school days without permission, or regularly absent: at risk of missing education
// params: since datetime, days int, codes texts, day_sessions int, regular_share float, just_short int
// uses: SAME-EPISODE, SCHOOL-DAYS
// row: DaysMissedFact
// key: child_id
// about: c
// path: /children/ten-school-days
CALL () {
  MATCH (c:Child)-[h:HAD]->(m:MissingEducation)
  WHERE (m.started IS NULL OR m.started <= $as_at_day) AND (m.ended IS NULL OR m.ended > $as_at_day)
  RETURN DISTINCT c.id AS child_id
  UNION
  MATCH (c:Child)-[h:HAD]->(a:SchoolAbsence)
  WHERE a.kind = 'sessions' AND a.code IN $codes AND h.observed_from >= $since AND h.observed_from <= $as_at
  WITH c, h.observed_from AS term, a.record AS record, max(a.sessions) AS sessions
  WITH c, term, sum(sessions) AS total
  WHERE $about IS NOT NULL OR total >= ($days - $just_short) * $day_sessions
  RETURN DISTINCT c.id AS child_id
  UNION
  MATCH (c:Child)-[h:HAD]->(r:Enrolment)
  WHERE (h.observed_from IS NULL OR h.observed_from <= $as_at) AND r.sessions_possible > 0 AND ($about IS NOT NULL
    OR coalesce(r.sessions_authorised, 0) + coalesce(r.sessions_unauthorised, 0) >= $regular_share * r.sessions_possible)
  RETURN DISTINCT c.id AS child_id
}
MATCH (k:Child {id: child_id})-[g:HAD]->(x:MissingEducation|SchoolAbsence|Enrolment)
WITH DISTINCT child_id, k
RETURN child_id, COLLECT {
    MATCH (k)-[h1:HAD]->(e:MissingEducation)
    WHERE (e.started IS NULL OR e.started <= $as_at_day) AND (e.ended IS NULL OR e.ended > $as_at_day)
    OPTIONAL MATCH (e)-[n:ENROLLED_AT]->(s:School)
    RETURN DISTINCT {record: e.record, agency: e.agency, school_id: s.id,
  started: e.started, ended: CASE WHEN e.ended <= $as_at_day THEN e.ended END, last_attended: e.last_attended,
  expected_return: e.expected_return, concerns: coalesce(e.concerns, []),
  home_contacted: e.home_contacted, assessed: e.assessed, police_told: e.police_told, social_care_told: e.social_care_told, welfare_told: e.welfare_told, home_checked: e.home_checked,
  databases_checked: e.databases_checked, reassessed: e.reassessed, off_roll: e.off_roll, transfer_file: e.transfer_file, cme_team_told: e.cme_team_told}
  } AS entries, COLLECT {
    MATCH (k)-[h2:HAD]->(b:SchoolAbsence)
    WHERE h2.observed_from >= $since AND h2.observed_from <= $as_at
    RETURN DISTINCT {record: b.record, agency: b.agency, kind: b.kind, code: b.code, sessions: b.sessions,
      counted_from: h2.observed_from}
  } AS absences, COLLECT {
    MATCH (k)-[h3:HAD]->(o:Enrolment)
    WHERE h3.observed_from IS NULL OR h3.observed_from <= $as_at
    OPTIONAL MATCH (o)-[n3:ENROLLED_AT]->(s3:School)
    RETURN DISTINCT {record: o.record, agency: o.agency, school_id: s3.id, started: o.started,
      ended: CASE WHEN o.ended <= $as_at_day THEN o.ended END, part_time: o.part_time, possible: o.sessions_possible,
      authorised: o.sessions_authorised, unauthorised: o.sessions_unauthorised, extract: o.extract}
  } AS enrolments, COLLECT {
    MATCH (k)-[h4:HAD]->(p:Episode)
    WHERE p.started >= $since AND p.started <= $as_at
    RETURN DISTINCT {record: p.record, agency: p.agency, source: p.source, reference: p.reference, became: p.became,
      kind: p.kind, started: p.started, ended: CASE WHEN p.ended <= $as_at THEN p.ended END, precision: p.precision}
  } AS episodes, COLLECT {
    MATCH (k)-[h5:HAD]->(v:MissingEducation|Enrolment)-[n5:ENROLLED_AT]->(s5:School)-[y:KEEPS]->(w:SchoolCalendar)
    RETURN DISTINCT {record: w.record, school_id: s5.id, kind: w.kind, started: w.started, ended: w.ended}
  } AS calendars
ORDER BY child_id
