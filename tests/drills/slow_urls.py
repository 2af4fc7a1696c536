"""What the slow drill asks for, beside the pages of the product."""

from __future__ import annotations

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from loimi.base import files
from loimi.base.doors import public
from loimi.config import urls

handler404, handler500 = urls.handler404, urls.handler500


@public
def download(request: HttpRequest) -> HttpResponse:
    """Send a large file of the data folder."""
    return files.send(settings.DATA / "files" / "large.bin", name="large.bin")


@csrf_exempt
@public
def upload(request: HttpRequest) -> HttpResponse:
    """Read a body to its end, and say how long it was."""
    length = 0
    while chunk := request.read(65_536):
        length += len(chunk)
    return HttpResponse(str(length))


@public
def wait(request: HttpRequest) -> HttpResponse:
    """Take two seconds, as a request that is in progress."""
    time.sleep(2)
    return HttpResponse("waited")


urlpatterns = [
    path("download/", download),
    path("upload/", upload),
    path("wait/", wait),
    *urls.urlpatterns,
]
