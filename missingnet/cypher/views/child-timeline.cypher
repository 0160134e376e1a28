// CHILD-TIMELINE: everything recorded of one child, in order, with the facts of each record and what it names
// params: child id required
// row: TimelineFact
// key: version
// path: /children/{child}/timeline
MATCH (c:Child {id: $child})-[h:HAD|WENT_WITH|TELLS_OF|NAMES]-(e:Episode|ReturnInterview|SafeAndWellCheck|Placement|Enrolment|SchoolAbsence|MissingEducation|RiskAssessment|Meeting|Action|Notification|Notice|ListEntry|Intelligence)
WHERE h.observed_from IS NULL OR h.observed_from <= $as_at
WITH e, collect(DISTINCT type(h)) AS ties
WITH e, ties, CASE labels(e)[0]
  WHEN 'Episode' THEN COUNT { MATCH (o:Episode {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'ReturnInterview' THEN COUNT { MATCH (o:ReturnInterview {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'SafeAndWellCheck' THEN COUNT { MATCH (o:SafeAndWellCheck {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'Placement' THEN COUNT { MATCH (o:Placement {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'Enrolment' THEN COUNT { MATCH (o:Enrolment {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'SchoolAbsence' THEN COUNT { MATCH (o:SchoolAbsence {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'MissingEducation' THEN COUNT { MATCH (o:MissingEducation {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'RiskAssessment' THEN COUNT { MATCH (o:RiskAssessment {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'Meeting' THEN COUNT { MATCH (o:Meeting {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'Action' THEN COUNT { MATCH (o:Action {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'Notification' THEN COUNT { MATCH (o:Notification {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'Notice' THEN COUNT { MATCH (o:Notice {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'ListEntry' THEN COUNT { MATCH (o:ListEntry {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id }
  WHEN 'Intelligence' THEN COUNT { MATCH (o:Intelligence {record: e.record}) WHERE o.observed_from IS NULL OR o.observed_from <= $as_at RETURN o.id } END AS versions
OPTIONAL MATCH (e)-[l:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(t:Child|Associate|Place|Home|School|Vehicle|Phone|OnlineHandle)
WHERE t.id <> $child AND (l.observed_from IS NULL OR l.observed_from <= $as_at)
  AND NOT (type(l) = 'FOUND_AT' AND coalesce(e.ended, e.started) > $as_at)
WITH e, ties, versions, collect(DISTINCT {id: t.id, kind: labels(t)[0], link: type(l), role: l.role}) AS things
WITH e.id AS version, versions, e.record AS record, labels(e)[0] AS label, e.agency AS agency, e.reference AS reference, ties,
  e.observed_from AS observed_from, e.observed_to AS observed_to, things, {
    expected_return: e.expected_return, concerns: e.concerns, home_contacted: e.home_contacted, assessed: e.assessed, police_told: e.police_told,
    social_care_told: e.social_care_told, welfare_told: e.welfare_told, home_checked: e.home_checked, databases_checked: e.databases_checked,
    reassessed: e.reassessed, off_roll: e.off_roll, transfer_file: e.transfer_file, cme_team_told: e.cme_team_told,
    placement_plan_updated: e.placement_plan_updated, early_review_considered: e.early_review_considered, arranged: e.arranged, planned: e.planned,
    arranged_by: e.arranged_by, chair: e.chair, chair_role: e.chair_role, attended: e.attended, brought_forward: e.brought_forward,
    meeting_reference: e.meeting_reference, what: e.what, owner: e.owner, agreed: e.agreed, due: e.due, done: e.done, impact: e.impact,
    had_impact: e.had_impact, told: e.told, told_by: e.told_by, occasion: e.occasion, not_told_because: e.not_told_because,
    kind: e.kind, started: e.started, ended: e.ended, last_seen: e.last_seen, reported: e.reported,
    located: e.located, returned: e.returned, precision: e.precision, risk: e.risk, first_risk: e.first_risk,
    risk_changes: e.risk_changes, closure_code: e.closure_code, found_by: e.found_by, missing_from: e.missing_from, notified: e.notified,
    became: e.became, circumstances: e.circumstances, lpu: e.lpu, authority: e.authority, contacted: e.contacted, offered: e.offered,
    held: e.held, outcome: e.outcome, alone: e.alone, independent: e.independent, interviewer: e.interviewer,
    episode_reference: e.episode_reference, why: e.why, where_went: e.where_went, where_slept: e.where_slept, with_whom: e.with_whom,
    how_funded: e.how_funded, transport: e.transport, harm: e.harm, wishes: e.wishes, parents_view: e.parents_view,
    advice: e.advice, advocate_offered: e.advocate_offered, themes: e.themes, shared_with_police: e.shared_with_police, on_childs_record: e.on_childs_record, decided_by: e.decided_by, child_consulted: e.child_consulted, decision_reason: e.decision_reason, at: e.at, held_by: e.held_by,
    findings: e.findings, agreed_with: e.agreed_with, agreed_reason: e.agreed_reason, findings_shared: e.findings_shared, place_code: e.place_code, place_words: e.place_words, provider_code: e.provider_code, legal_status: e.legal_status,
    need_code: e.need_code, reason_new: e.reason_new, reason_ended: e.reason_ended, reason_change: e.reason_change, postcode: e.postcode,
    year_group: e.year_group, part_time: e.part_time, sessions_possible: e.sessions_possible, sessions_authorised: e.sessions_authorised, sessions_unauthorised: e.sessions_unauthorised,
    term: e.term, code: e.code, sessions: e.sessions, reasons: e.reasons, category: e.category,
    last_attended: e.last_attended, reason: e.reason, status: e.status, level: e.level, score: e.score,
    assessor: e.assessor, next_review: e.next_review, radicalisation_considered: e.radicalisation_considered, served: e.served, expires: e.expires, details: e.details,
    list: e.list, added: e.added, removed: e.removed, worker: e.worker, text: e.text,
    source_grade: e.source_grade, assessment_grade: e.assessment_grade, handling: e.handling, condition: e.condition, scheme: e.scheme
  } AS facts
RETURN version, versions, record, label, agency, reference, ties, observed_from, observed_to, facts, things
ORDER BY version
