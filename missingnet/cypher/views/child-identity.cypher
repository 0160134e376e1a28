// CHILD-IDENTITY: how each agency describes a child, and the lists, placement, school and assessments as at the date
// params: child id required
// row: IdentityFact
// key: version
// path: /children/{child}/identity
MATCH (c:Child {id: $child})-[h:HAD|DESCRIBED_BY]->(e:Description|Placement|Enrolment|MissingEducation|RiskAssessment|Notice|ListEntry)
WHERE h.observed_from IS NULL OR h.observed_from <= $as_at
WITH DISTINCT e
WITH e, CASE labels(e)[0]
  WHEN 'Description' THEN COUNT { MATCH (o:Description {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'Placement' THEN COUNT { MATCH (o:Placement {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'Enrolment' THEN COUNT { MATCH (o:Enrolment {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'MissingEducation' THEN COUNT { MATCH (o:MissingEducation {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'RiskAssessment' THEN COUNT { MATCH (o:RiskAssessment {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'Notice' THEN COUNT { MATCH (o:Notice {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'ListEntry' THEN COUNT { MATCH (o:ListEntry {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id } END AS versions
OPTIONAL MATCH (e)-[l:PLACED_IN|ENROLLED_AT|NAMES]->(t:Child|Associate|Place|Home|School|Vehicle|Phone|OnlineHandle)
WHERE t.id <> $child AND (l.observed_from IS NULL OR l.observed_from <= $as_at)
WITH e, versions, ['HAD'] AS ties, collect(DISTINCT {id: t.id, kind: labels(t)[0], link: type(l), role: l.role}) AS things
WITH e.id AS version, versions, e.record AS record, labels(e)[0] AS label, e.agency AS agency, e.reference AS reference, ties,
  e.observed_from AS observed_from, e.observed_to AS observed_to, things, {
    expected_return: e.expected_return, concerns: e.concerns, home_contacted: e.home_contacted, assessed: e.assessed, police_told: e.police_told, social_care_told: e.social_care_told,
    welfare_told: e.welfare_told, home_checked: e.home_checked, databases_checked: e.databases_checked, reassessed: e.reassessed, off_roll: e.off_roll, transfer_file: e.transfer_file,
    cme_team_told: e.cme_team_told, placement_plan_updated: e.placement_plan_updated, early_review_considered: e.early_review_considered,
    name: e.name, given: e.given, family: e.family, aliases: e.aliases, born: e.born, died: e.died, sex: e.sex, ethnicity: e.ethnicity, address: e.address, postcode: e.postcode, latitude: e.latitude, longitude: e.longitude, kind: e.kind, identifiers: e.identifiers, authority: e.authority, lpu: e.lpu, phase: e.phase, status: e.status, note: e.note, started: e.started, ended: e.ended, place_code: e.place_code, place_words: e.place_words, provider_code: e.provider_code, legal_status: e.legal_status, need_code: e.need_code, reason_new: e.reason_new, reason_ended: e.reason_ended, reason_change: e.reason_change, year_group: e.year_group, part_time: e.part_time, sessions_possible: e.sessions_possible, sessions_authorised: e.sessions_authorised, sessions_unauthorised: e.sessions_unauthorised, term: e.term, last_attended: e.last_attended, reason: e.reason, outcome: e.outcome, at: e.at, level: e.level, score: e.score, assessor: e.assessor, next_review: e.next_review, episode_reference: e.episode_reference, radicalisation_considered: e.radicalisation_considered, served: e.served, expires: e.expires, details: e.details, list: e.list, added: e.added, removed: e.removed, worker: e.worker
  } AS facts
RETURN version, versions, record, label, agency, reference, ties, observed_from, observed_to, facts, things
ORDER BY version
