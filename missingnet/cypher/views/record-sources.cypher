// RECORD-SOURCES: where records came from: agency, file, row and grade, for the annex of a pack
// params: records ids required
// row: RecordSource
// key: record, version
MATCH (e:Episode|ReturnInterview|SafeAndWellCheck|Placement|Enrolment|SchoolAbsence|MissingEducation|SchoolCalendar|RiskAssessment|Meeting|Action|Notification|Notice|ListEntry|Intelligence|Description|Judgement)-[l:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|KEEPS|NAMES|DESCRIBED_BY|JUDGES]-(t:Child|Associate|Place|Home|School|Vehicle|Phone|OnlineHandle)
WHERE e.record IN $records
WITH e, collect(DISTINCT l.source_grade + coalesce(l.assessment_grade, '')) AS grades, collect(DISTINCT l.handling) AS handling
RETURN e.record AS record, e.id AS version, labels(e)[0] AS label, e.agency AS agency, e.reference AS reference,
  e.extract AS extract, e.file AS file, e.row AS row, e.observed_from AS observed_from,
  CASE WHEN e.observed_to <= $as_at THEN e.observed_to ELSE e.observed_from END AS observed_to,
  grades, handling
ORDER BY record, version
