"""Every address, room by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("loimi.base.urls")),
    path("", include("loimi.workspace.urls")),
]
handler400 = "loimi.base.views.bad_request"
handler403 = "loimi.base.views.refused"
handler404 = "loimi.base.views.missing"
handler500 = "loimi.base.views.broken"
