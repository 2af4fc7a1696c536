"""Static files: sent packed, kept by browsers for good, because their names hold their content."""

from __future__ import annotations

import os
import re
from os import PathLike
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope
from whitenoise.media_types import MediaTypes

# `page.4d1a73ae9a3e.css`: what Django's storage makes. Anything else in the folder (the list of
# names, the packed siblings) is not for visitors.
NAMED_BY_CONTENT = re.compile(r"\.[0-9a-f]{12}(\.(?!gz$)[A-Za-z0-9]+)?$")
FOR_GOOD = "public, max-age=31536000, immutable"
TYPES = MediaTypes()  # the same on every machine


class ContentNamed(StaticFiles):
    """Sends only files that are named by their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if not NAMED_BY_CONTENT.search(path):
            raise HTTPException(404)
        return await super().get_response(path, scope)

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        asked = Headers(scope=scope)
        headers = {"cache-control": FOR_GOOD, "vary": "accept-encoding"}
        packed = Path(f"{full_path}.gz")
        path = Path(full_path)
        if _takes_gzip(asked.get("accept-encoding", "")) and packed.is_file():
            path, stat_result = packed, packed.stat()
            headers["content-encoding"] = "gzip"
        answer = FileResponse(
            path, status_code, headers, TYPES.get_type(str(full_path)), stat_result=stat_result
        )
        if self.is_not_modified(answer.headers, asked):
            return NotModifiedResponse(answer.headers)
        return answer


def _takes_gzip(accepted: str) -> bool:
    for part in accepted.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if name == "gzip":
            return weight not in {"0", "0.0", "0.00", "0.000"}
    return False
