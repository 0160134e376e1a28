"""Files sent in by a data officer: the form, the progress, and the report of what became of every row."""

from __future__ import annotations

import shutil

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from missingnet.api import refusals
from missingnet.api.collecting import COUNTS, new_load
from missingnet.api.loads import Loads
from missingnet.api.reader import GuardedRoute, Loading
from missingnet.api.refusals import Refused
from missingnet.api.screens.message import wants_page
from missingnet.api.screens.render import render
from missingnet.api.uploads import MOST_BYTES, receive

router = APIRouter(route_class=GuardedRoute, tags=["loads"])

#: Problems of one file that the page prints; the JSON report holds them all.
PROBLEMS_SHOWN = 200

_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "agency": {"type": "string", "description": "The sender's code, where no file says it."},
                        "source": {
                            "type": "string",
                            "description": "The source format, where the header is not enough.",
                        },
                        "extract_date": {"type": "string", "format": "date"},
                        "mapping": {"type": "string", "format": "binary"},
                        "dry_run": {"type": "boolean", "description": "Say what would happen and write nothing."},
                    },
                }
            }
        },
    }
}


@router.post(
    "/loads",
    status_code=202,
    openapi_extra=_FORM,
    summary="Send files in; they are loaded in the background",
    responses={
        202: {"description": "Taken; see Location"},
        413: {"description": "Too large"},
        415: {"description": "Not a form with files"},
        429: {"description": "Busy"},
    },
)
async def send_files(request: Request, asker: Loading) -> Response:
    """Take the files, begin to load them, and say where the report will be."""
    loads: Loads = request.app.state.loads
    loads.demand_room()
    number = new_load()
    folder = loads.folder / number
    loads.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=0o700)
        upload = await receive(request, folder / "files", MOST_BYTES)
        if not upload.files:
            raise Refused(refusals.NOT_UNDERSTOOD, "No file was sent. Choose at least one.")
        load = await loads.begin(request.app.state.store, asker, number, upload)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    address = f"/loads/{load.id}"
    if wants_page(request):
        return RedirectResponse(address, status_code=303)
    return JSONResponse(load.as_json(), status_code=202, headers={"Location": address})


@router.get("/loads", summary="The loads there are, latest first")
async def list_loads(request: Request, asker: Loading) -> Response:
    """The form to send files in, and the latest loads."""
    found = request.app.state.loads.listed(asker)
    if wants_page(request):
        return render(request, "loads.html", asker, title="Files from agencies", loads=found, most=MOST_BYTES // 2**20)
    return JSONResponse({"loads": [load.as_json() for load in found]})


@router.get("/loads/{number}", summary="A load's progress and, when finished, its reconciliation")
async def show_load(request: Request, asker: Loading, number: str) -> Response:
    """What became of every row of every file."""
    load = request.app.state.loads.find(number, asker)
    if load is None:
        raise Refused(refusals.NOT_FOUND)
    if not wants_page(request):
        return JSONResponse(load.as_json())
    totals = {name: sum(int(file[name]) for file in load.files) for name in COUNTS}
    titles = {"running": "Loading files", "finished": "Files loaded", "failed": "The load stopped"}
    title = "Trial finished: nothing was written" if load.dry_run and load.state == "finished" else titles[load.state]
    return render(
        request, "load.html", asker, title=title, load=load, totals=totals, counts=COUNTS, shown=PROBLEMS_SHOWN
    )
