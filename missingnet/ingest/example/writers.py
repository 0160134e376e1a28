"""The agencies' files, opened once and written row by row; their columns stand here as the agencies send them."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from missingnet.ingest.example.place import AUTHORITIES, FORCE, FORCE_NAME

POLICE_MISSING = (
    "Report Ref,Force,Nominal Ref,LA Code,LA Child Ref,Forenames,Surname,Aliases,DOB,Sex,Ethnicity,Home Postcode,"
    "Last Seen,Reported,Located,Returned,Initial Risk,Current Risk,Risk Changes,Missing From,From UPRN,From Address,"
    "From Postcode,From Ofsted URN,Found UPRN,Found Address,Found Postcode,Found Place Type,Found By,Companions,"
    "Notified,Safe And Well At,Safe And Well By,Safe And Well Findings,Circumstances,LPU"
)
POLICE_ABSENT = (
    "Log No,Force,Nominal Ref,LA Code,LA Child Ref,Forenames,Surname,DOB,Sex,Opened,Closed,Closure Code,Location UPRN,"
    "Location,Location Postcode,Location Ofsted URN,Became Missing Ref,LPU,Remarks"
)
INTERVIEWS = (
    "Interview Ref,LA Code,Council Ref,Force,Police Ref,Forename,Surname,DOB,Episode Ref,Returned,Contacted,Offered,"
    "Held,Outcome,Seen Alone,Independent,Interviewer,Why,Where Went,Place UPRN,Place Postcode,Where Slept,Slept UPRN,"
    "With Children,With Adults,How Funded,Transport,Vehicle,Phone,Handle,Harm,Wishes,Parents View,Advice,"
    "Advocate Offered,Themes"
)
INTELLIGENCE = (
    "Log Ref,Force,Date Of Information,Source Grade,Information Grade,Handling,Condition,Subject Type,Subject Ref,"
    "Subject Name,Subject DOB,Relation,Object Type,Object Ref,Object Name,Object Address,Object Postcode,"
    "Object Place Type,Text"
)
CME = (
    "CME Ref,LA Code,Council Ref,UPN,Forename,Surname,DOB,Sex,Referred,Reason,Last School URN,Last School,"
    "Last Attended,Status,Closed,Outcome"
)
LISTS = "Entry Ref,LA Code,Council Ref,UPN,Forename,Surname,DOB,Sex,List,Added,Removed,Status,Worker"
NOTICES = "Notice Ref,Force,Kind,Served,Expires,Served On Ref,Served On Name,Served On DOB,LA Code,Child Ref,Details"
ASSESSMENTS = (
    "Assessment Ref,LA Code,Council Ref,Kind,Date,Level,Score,Assessor,Next Review,Episode Ref,"
    "Radicalisation Considered,Placement Plan Updated,Early Review Considered"
)
MEETINGS = (
    "Meeting Ref,LA Code,Council Ref,UPN,Meeting Kind,Arranged,Planned For,Held,Arranged By,Chair,Chair Role,Attended,"
    "Outcome,Brought Forward,Episode Ref,Next Review"
)
NOTIFICATIONS = "Notification Ref,LA Code,Council Ref,UPN,Told,Told By,Told At,Occasion,Not Told Because,Episode Ref"
CALENDARS = "School URN,Kind Of Days,First Day,Last Day,Words"
ASSOCIATES = "Nominal Ref,Force,Forenames,Surname,Aliases,DOB,Sex,Role"
PLACES = "UPRN,Force,Name,Place Type,Address,Postcode,LPU"
SSDA903_HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
SSDA903_EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
SSDA903_MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END"
ON_ROLL = (
    "pupilonrolltableid,NativeId,dob,surname,forename,middlenames,preferredsurname,formersurname,upn,formerupn,"
    "uniquelearnernumber,sex,entrydate,pupilonrollorderseqcolumn,sourceid,schoolcensustableid,parttime,"
    "termlysessionspossible,termlysessionsauthorised,termlysessionsunauthorised,language,enrolstatus,boarder,"
    "senprovision,ncyearactual"
)
OFF_ROLL = (
    "pupilnolongeronrolltableid,NativeId,dob,surname,forename,middlenames,preferredsurname,formersurname,upn,formerupn,"
    "uniquelearnernumber,sex,entrydate,leavingdate,pupilnolongeronrollorderseqcolumn,sourceid,schoolcensustableid,"
    "parttime,termlysessionspossible,termlysessionsauthorised,termlysessionsunauthorised,boarder,language,ncyearleaving"
)
SESSIONS_ON = (
    "pupilonrolltableid,NativeId,termlysessiondetailsonrolltableid,termlysessiondetailsonrollorderseqcolumn,sourceid,"
    "sessions,attendancereason"
)
SESSIONS_OFF = (
    "pupilnolongeronrolltableid,NativeId,termlysessiondetailsoffrolltableid,termlysessiondetailsoffrollorderseqcolumn,"
    "sourceid,sessions,attendancereason"
)
EXCLUSIONS_ON = (
    "pupilonrolltableid,NativeId,termlyexclusionsonrolltableid,termlyexclusionsonrollorderseqcolumn,sourceid,startdate,"
    "sessions,reason1,reason2,reason3,category,senprovision"
)

INTERVIEWERS = "interviews"
OLDER_BY = 92
"""Days between the older extract of the lists and the newest."""
README = f"""Everything in this folder is invented.

No child, adult, school, home, street, vehicle, telephone number or event in it exists. It was made by
'missingnet example' so that MissingNet can be tried without anybody's personal data. The authorities 997 and 998 and
the force {FORCE} ({FORCE_NAME}) do not exist; telephone numbers are from the range kept for drama (07700 900000 to
900999); registration plates begin with a letter that is never issued first.

The postcodes are real, so that places have coordinates on a map, but they had been withdrawn when they were chosen; the
addresses beside them are invented. They contain National Statistics data © Crown copyright and database right, and
OS data © Crown copyright and database right (ONSPD November 2025, Open Government Licence v3.0).

One folder is one agency's delivery; agency.toml names the agency and the date of the extract. truth.json says what was
planted: networks, sets of children who go missing together, duties left undone, moves, disagreements between agencies,
and decoys.
"""


class Delivery:
    """The open files of every agency; 'close' happens on leaving the context."""

    def __init__(self, out: Path, until: date) -> None:
        """Open every file under 'out' (made where it is missing) and write its header row."""
        self._stack = ExitStack()
        self._out = out
        extract = until
        police, interviews = f"police-{FORCE}", INTERVIEWERS
        self.missing = self._open(police, "police_missing.csv", POLICE_MISSING)
        self.absent = self._open(police, "police_absent.csv", POLICE_ABSENT)
        self.intelligence = self._open(police, "intelligence.csv", INTELLIGENCE)
        self.notices = self._open(police, "notices.csv", NOTICES)
        self.associates = self._open(police, "associates.csv", ASSOCIATES)
        self.places = self._open(police, "places.csv", PLACES)
        self.interviews = self._open(interviews, "return_interviews.csv", INTERVIEWS)
        self.agency(police, FORCE, extract)
        self.agency(interviews, INTERVIEWERS, extract)
        by_council: dict[str, dict[str, Any]] = {}
        term = f"{until.year}_autumn_"
        for code in AUTHORITIES:
            council, schools = f"council-{code}", f"schools-{code}"
            by_council[code] = {
                "header": self._open(council, "header.csv", SSDA903_HEADER),
                "episodes": self._open(council, "episodes.csv", SSDA903_EPISODES),
                "missing": self._open(council, "missing.csv", SSDA903_MISSING),
                "cme": self._open(council, "cme_register.csv", CME),
                "lists": self._open(council, "lists.csv", LISTS),
                "older": self._open(f"{council}-older", "lists.csv", LISTS),
                "assessments": self._open(council, "risk_assessments.csv", ASSESSMENTS),
                "meetings": self._open(council, "meetings.csv", MEETINGS),
                "notifications": self._open(council, "notifications.csv", NOTIFICATIONS),
                "calendars": self._open(schools, "school_calendars.csv", CALENDARS),
                "on_roll": self._open(schools, f"{term}pupilonroll.csv", ON_ROLL),
                "off_roll": self._open(schools, f"{term}pupilnolongeronroll.csv", OFF_ROLL),
                "sessions_on": self._open(schools, f"{term}termlysessiondetailsonroll.csv", SESSIONS_ON),
                "sessions_off": self._open(schools, f"{term}termlysessiondetailsoffroll.csv", SESSIONS_OFF),
                "exclusions_on": self._open(schools, f"{term}termlyexclusionsonroll.csv", EXCLUSIONS_ON),
            }
            self.agency(council, code, extract)
            self.agency(f"{council}-older", code, extract - timedelta(days=OLDER_BY))
        self.council = by_council

    def _open(self, folder: str, name: str, columns: str) -> Any:
        path = self._out / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        file = self._stack.enter_context(path.open("w", encoding="utf-8", newline="", buffering=1 << 16))
        file.write(columns + "\n")
        return csv.writer(file, lineterminator="\n").writerow

    def agency(self, folder: str, code: str, extract: date, more: str = "") -> None:
        """Write the folder's agency.toml."""
        path = self._out / folder / "agency.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'agency = "{code}"\nextract_date = {extract.isoformat()}\n{more}', encoding="utf-8")

    def __enter__(self) -> Self:
        """The delivery itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Every file is closed."""
        self._stack.close()
