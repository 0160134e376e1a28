"""Sign-in through a real, certified provider in a process of its own, and the session that it opens (S2, N6, A1, A6).

The graph is not asked here, so none is started: the pages that are opened hold no data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from missingnet.api.sign_in import provider
from missingnet.graph import times
from tests.providers import MASE, OURS, PAGE, SERVICE, Service, begun, certified, service, signed_in, through


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that runs many tests at once is slow to answer itself."""
    monkeypatch.setattr(provider, "PATIENCE", 120.0)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with certified() as issuer:
        yield from service(tmp_path_factory.mktemp("certified"), issuer)


def test_somebody_signs_in_through_a_real_provider_states_a_purpose_and_signs_out(served: Service) -> None:
    before = len(served.audit())
    browser = served.browser()
    assert browser.get(PAGE).headers["location"] == "/sign-in"
    assert "Sign in through your organisation" in browser.get("/sign-in").text
    done = signed_in(browser)
    assert (done.status_code, done.headers["location"]) == (303, "/q")
    page = browser.get(PAGE)
    assert page.status_code == 200
    assert "CSE coordinator, council 997 for MASE case-12" in page.text
    assert "Demonstration" not in page.text
    kept = browser.cookies["missingnet_session"]
    assert browser.post("/sign-out", headers=OURS).headers["location"] == "/sign-in/out"
    assert "/session/end?client_id=missingnet" in browser.get("/sign-in/out").text
    browser.cookies.set("missingnet_session", kept)
    assert browser.get(PAGE).status_code == 303
    lines = [line for line in served.audit()[before:] if line["who"] != "nobody"]
    assert [(line["act"], line["outcome"]) for line in lines] == [
        ("sign-in", "done"),
        ("open", "opened"),
        ("sign-out", "done"),
    ]
    assert {line["who"] for line in lines} == {"person:u-17.coordinators"}
    assert {(line["agency"], line["purpose"]) for line in lines} == {("997", "MASE")}
    assert "case-12" not in json.dumps(served.audit())


def test_the_way_there_asks_for_a_code_with_pkce_and_carries_no_secret(served: Service) -> None:
    browser = served.browser()
    first, second = (parse_qs(urlsplit(begun(browser)).query) for _ in range(2))
    assert first["response_type"] == ["code"]
    assert first["code_challenge_method"] == ["S256"]
    assert first["redirect_uri"] == [f"{SERVICE}/sign-in/callback"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 43 and first[name] != second[name]
    assert served.app.state.door.told.provider.secret() not in json.dumps(first)


def test_no_token_and_nothing_of_a_person_reaches_the_browser(served: Service) -> None:
    browser = served.browser()
    arrived = browser.get(through(begun(browser), "u-17.coordinators"))
    told = arrived.text + json.dumps(dict(arrived.headers)) + json.dumps(dict(browser.cookies))
    assert "u-17" not in told
    assert not re.search(r"eyJ[\w-]+\.", told)
    assert 'content="0; url=/sign-in/purpose"' in arrived.text


def test_cookies_are_closed_to_scripts_and_to_other_sites(served: Service) -> None:
    browser = served.browser()
    attempt = browser.get("/sign-in/provider")
    session = browser.get(through(attempt.headers["location"], "u-17.coordinators"))
    assert "HttpOnly" in attempt.headers["set-cookie"] and "SameSite=lax" in attempt.headers["set-cookie"]
    (line,) = [line for line in session.headers.get_list("set-cookie") if "session" in line]
    assert "HttpOnly" in line and "SameSite=strict" in line and "Path=/" in line


def test_a_planted_session_is_not_the_one_that_opens(served: Service) -> None:
    """S2, fixation: the number changes when somebody proves who they are, and again when they state a purpose."""
    thief, browser = served.browser(), served.browser()
    thief.get(through(begun(thief), "u-66.schools"))
    planted = thief.cookies["missingnet_session"]
    browser.cookies.set("missingnet_session", planted, domain="127.0.0.1", path="/")
    browser.get(through(begun(browser), "u-17.coordinators"))
    proven = browser.cookies["missingnet_session"]
    browser.post("/sign-in/purpose", data=MASE, headers=OURS)
    opened = browser.cookies["missingnet_session"]
    assert len({planted, proven, opened}) == 3
    for old in (planted, proven):
        other = served.browser()
        other.cookies.set("missingnet_session", old)
        assert other.get(PAGE).status_code == 303
        # The thief's own session of before is theirs; what the other proved is under a new number alone.
        assert (other.get("/sign-in/purpose").status_code == 303) == (old == proven)


def test_a_session_without_a_purpose_opens_nothing(served: Service) -> None:
    browser = served.browser()
    browser.get(through(begun(browser), "u-17.coordinators"))
    assert browser.get(PAGE).headers["location"] == "/sign-in/purpose"
    assert browser.get(PAGE, headers={"Accept": "application/json"}).json()["error"] == "purpose-first"
    wrong = browser.post("/sign-in/purpose", data={"purpose": "MASE", "reference": "Jane Canary"}, headers=OURS)
    assert wrong.status_code == 422
    assert "Canary" not in wrong.text


def test_a_code_and_an_answer_are_good_once(served: Service) -> None:
    """S2, replay: neither the answer in the same browser nor its code in another attempt."""
    browser = served.browser()
    answer = through(begun(browser), "u-17.coordinators")
    assert browser.get(answer).status_code == 200
    assert browser.get(answer).status_code == 401
    state = parse_qs(urlsplit(begun(browser)).query)["state"][0]
    told = {name: values[0] for name, values in parse_qs(urlsplit(answer).query).items()}
    assert browser.get("/sign-in/callback", params={**told, "state": state}).status_code == 401


def test_another_browsers_answer_is_refused(served: Service) -> None:
    """S2, CSRF at sign-in: somebody is not signed in as the one who sent them a link."""
    thief, browser = served.browser(), served.browser()
    answer = through(begun(thief), "u-66.schools")
    assert browser.get(answer).status_code == 401
    begun(browser)
    assert browser.get(answer).status_code == 401
    assert "missingnet_session" not in browser.cookies


def test_who_proves_anew_who_they_are_may_open_a_child(served: Service) -> None:
    """N8, before anything else: the real provider says in the ID token that it was now, when it is asked to."""
    asked = {"child": "council:997:100231", "reason": "Seen getting into a car an hour ago."}
    for afresh, error in (("", "prove-first"), ("yes", "no-emergency")):
        browser = served.browser()
        assert browser.get(through(begun(browser, afresh), "u-17.coordinators")).status_code == 200
        stated = browser.post("/sign-in/purpose", data=MASE, headers=OURS)
        assert stated.status_code == 303
        answer = browser.post("/emergency", data=asked, headers={**OURS, "Accept": "application/json"})
        assert answer.json()["error"] == error


def test_a_form_of_another_site_states_no_purpose_and_signs_nobody_out(served: Service) -> None:
    browser = served.browser()
    signed_in(browser)
    for headers in ({"Origin": "https://evil.example.org"}, {"Origin": "null"}, {}, {"X-Reader": "coordinator"}):
        for address in ("/sign-out", "/sign-in/purpose"):
            assert browser.post(address, data=MASE, headers=headers).status_code == 403
    assert browser.get(PAGE).status_code == 200


def test_a_header_that_names_a_reader_opens_nothing(served: Service) -> None:
    claimed = {"X-Reader": "coordinator", "X-Purpose": "MASE case-12"}
    assert served.client.get(PAGE, headers=claimed).json()["error"] == "sign-in-first"
    assert served.client.post("/sign-in", data={"reader": "coordinator", **MASE}, headers=OURS).status_code == 405


def test_groups_decide_and_two_are_never_added_up(served: Service) -> None:
    browser = served.browser()
    form_of = browser.get(through(begun(browser), "u-5.schools+coordinators+others"))
    assert form_of.status_code == 200
    form = browser.get("/sign-in/purpose").text
    assert "CSE coordinator, council 997" in form and "School attendance lead" in form
    unsaid = browser.post("/sign-in/purpose", data=MASE, headers=OURS)
    assert unsaid.status_code == 422
    assert browser.post("/sign-in/purpose", data={**MASE, "reader": "others"}, headers=OURS).status_code == 422
    browser.post("/sign-in/purpose", data={**MASE, "reader": "schools"}, headers=OURS)
    assert "School attendance lead" in browser.get(PAGE).text
    assert browser.get("/loads").status_code == 403
    browser.post("/sign-in/purpose", data={**MASE, "reader": "coordinators"}, headers=OURS)
    assert browser.get("/loads").status_code == 200


def test_somebody_in_no_known_group_is_not_let_in_and_it_is_in_the_audit(served: Service) -> None:
    before = len(served.audit())
    browser = served.browser()
    refused = browser.get(through(begun(browser), "u-9.cleaners"))
    assert refused.status_code == 403
    assert "in no group that may use this service" in refused.text
    assert browser.get(PAGE).headers["location"] == "/sign-in"
    assert [(line["who"], line["outcome"]) for line in served.audit()[before:]] == [
        ("person:u-9.cleaners", "refused: no group"),
        ("nobody", "refused: sign-in-first"),
    ]


def test_what_is_taken_from_a_group_is_gone_with_the_next_request(served: Service) -> None:
    """N6. While the file cannot be used nobody is let in, and it works again when it is mended."""
    browser = served.browser()
    signed_in(browser)
    assert browser.get("/loads").status_code == 200
    file = served.settings.sign_in
    assert file is not None
    sound = file.read_text()
    file.write_text(sound.replace('["loader", "judge"]', '["judge"]').replace('loads = ["interviews"]', ""))
    assert browser.get("/loads").status_code == 403
    file.write_text(sound.replace("[groups.coordinators]", "[groups.elsewhere]"))
    assert browser.get(PAGE).headers["location"] == "/sign-in"
    assert browser.get("/sign-in/purpose").headers["location"] == "/sign-in"
    file.write_text(sound + "[")
    assert browser.get(PAGE).status_code == 503
    file.write_text(sound)
    assert browser.get(PAGE).status_code == 200


def test_a_session_ends_when_idle_and_when_old(served: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = served.browser()
    signed_in(browser)
    began = times.now()
    clock = SimpleNamespace(now=began)
    monkeypatch.setattr(times, "now", lambda: clock.now)
    for step in range(1, 17):
        clock.now = began + timedelta(minutes=29 * step)
        assert browser.get(PAGE).status_code == 200, step
        if step == 8:
            browser.post("/sign-in/purpose", data=MASE, headers=OURS)
    clock.now = began + timedelta(hours=8, minutes=1)
    assert browser.get(PAGE).status_code == 303
    other = served.browser()
    clock.now = began
    signed_in(other)
    clock.now = began + timedelta(minutes=31)
    assert other.get(PAGE).status_code == 303


def test_groups_are_asked_for_where_the_id_token_leaves_them_out(tmp_path: Path) -> None:
    with certified("userinfo") as issuer:
        for served in service(tmp_path, issuer):
            browser = served.browser()
            signed_in(browser, "u-3.schools", purpose="EDUCATION")
            assert "School attendance lead" in browser.get(PAGE).text
