// THING-KEYS: the identifiers by which records know these things, and the records
// params: things ids required
// row: KeyFact
// key: thing_id, key, link, record
UNWIND $things AS wanted
CALL (wanted) {
  MATCH (t:Child {id: wanted})-[l:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|KEEPS|NAMES|DESCRIBED_BY]-(e:Episode|ReturnInterview|SafeAndWellCheck|Placement|Enrolment|SchoolAbsence|MissingEducation|SchoolCalendar|RiskAssessment|Meeting|Action|Notification|Notice|ListEntry|Intelligence|Description)
  WHERE l.observed_from IS NULL OR l.observed_from <= $as_at
  RETURN t.id AS thing_id, 'Child' AS thing_kind, coalesce(l.key_from, l.key_to) AS key, e.joins AS joins, e.record AS record, type(l) AS link
  UNION ALL
  MATCH (t:Associate {id: wanted})-[l:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|KEEPS|NAMES|DESCRIBED_BY]-(e:Episode|ReturnInterview|SafeAndWellCheck|Placement|Enrolment|SchoolAbsence|MissingEducation|SchoolCalendar|RiskAssessment|Meeting|Action|Notification|Notice|ListEntry|Intelligence|Description)
  WHERE l.observed_from IS NULL OR l.observed_from <= $as_at
  RETURN t.id AS thing_id, 'Associate' AS thing_kind, coalesce(l.key_from, l.key_to) AS key, e.joins AS joins, e.record AS record, type(l) AS link
  UNION ALL
  MATCH (t:Place {id: wanted})-[l:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|KEEPS|NAMES|DESCRIBED_BY]-(e:Episode|ReturnInterview|SafeAndWellCheck|Placement|Enrolment|SchoolAbsence|MissingEducation|SchoolCalendar|RiskAssessment|Meeting|Action|Notification|Notice|ListEntry|Intelligence|Description)
  WHERE l.observed_from IS NULL OR l.observed_from <= $as_at
  RETURN t.id AS thing_id, 'Place' AS thing_kind, coalesce(l.key_from, l.key_to) AS key, e.joins AS joins, e.record AS record, type(l) AS link
  UNION ALL
  MATCH (t:Home {id: wanted})-[l:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|KEEPS|NAMES|DESCRIBED_BY]-(e:Episode|ReturnInterview|SafeAndWellCheck|Placement|Enrolment|SchoolAbsence|MissingEducation|SchoolCalendar|RiskAssessment|Meeting|Action|Notification|Notice|ListEntry|Intelligence|Description)
  WHERE l.observed_from IS NULL OR l.observed_from <= $as_at
  RETURN t.id AS thing_id, 'Home' AS thing_kind, coalesce(l.key_from, l.key_to) AS key, e.joins AS joins, e.record AS record, type(l) AS link
  UNION ALL
  MATCH (t:School {id: wanted})-[l:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|KEEPS|NAMES|DESCRIBED_BY]-(e:Episode|ReturnInterview|SafeAndWellCheck|Placement|Enrolment|SchoolAbsence|MissingEducation|SchoolCalendar|RiskAssessment|Meeting|Action|Notification|Notice|ListEntry|Intelligence|Description)
  WHERE l.observed_from IS NULL OR l.observed_from <= $as_at
  RETURN t.id AS thing_id, 'School' AS thing_kind, coalesce(l.key_from, l.key_to) AS key, e.joins AS joins, e.record AS record, type(l) AS link
  UNION ALL
  MATCH (t:Vehicle {id: wanted})-[l:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|KEEPS|NAMES|DESCRIBED_BY]-(e:Episode|ReturnInterview|SafeAndWellCheck|Placement|Enrolment|SchoolAbsence|MissingEducation|SchoolCalendar|RiskAssessment|Meeting|Action|Notification|Notice|ListEntry|Intelligence|Description)
  WHERE l.observed_from IS NULL OR l.observed_from <= $as_at
  RETURN t.id AS thing_id, 'Vehicle' AS thing_kind, coalesce(l.key_from, l.key_to) AS key, e.joins AS joins, e.record AS record, type(l) AS link
  UNION ALL
  MATCH (t:Phone {id: wanted})-[l:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|KEEPS|NAMES|DESCRIBED_BY]-(e:Episode|ReturnInterview|SafeAndWellCheck|Placement|Enrolment|SchoolAbsence|MissingEducation|SchoolCalendar|RiskAssessment|Meeting|Action|Notification|Notice|ListEntry|Intelligence|Description)
  WHERE l.observed_from IS NULL OR l.observed_from <= $as_at
  RETURN t.id AS thing_id, 'Phone' AS thing_kind, coalesce(l.key_from, l.key_to) AS key, e.joins AS joins, e.record AS record, type(l) AS link
  UNION ALL
  MATCH (t:OnlineHandle {id: wanted})-[l:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|KEEPS|NAMES|DESCRIBED_BY]-(e:Episode|ReturnInterview|SafeAndWellCheck|Placement|Enrolment|SchoolAbsence|MissingEducation|SchoolCalendar|RiskAssessment|Meeting|Action|Notification|Notice|ListEntry|Intelligence|Description)
  WHERE l.observed_from IS NULL OR l.observed_from <= $as_at
  RETURN t.id AS thing_id, 'OnlineHandle' AS thing_kind, coalesce(l.key_from, l.key_to) AS key, e.joins AS joins, e.record AS record, type(l) AS link
  UNION ALL
  MATCH (t:Place {id: wanted})<-[l:SEEN_AT|LIVES_AT]-(o)
  WHERE l.observed_from IS NULL OR l.observed_from <= $as_at
  RETURN t.id AS thing_id, 'Place' AS thing_kind, l.key_to AS key, null AS joins, l.record AS record, type(l) AS link
  UNION ALL
  MATCH (t:Home {id: wanted})<-[l:SEEN_AT|LIVES_AT]-(o)
  WHERE l.observed_from IS NULL OR l.observed_from <= $as_at
  RETURN t.id AS thing_id, 'Home' AS thing_kind, l.key_to AS key, null AS joins, l.record AS record, type(l) AS link
}
RETURN DISTINCT thing_id, thing_kind, key, joins, link, record
ORDER BY thing_id, key, link, record
