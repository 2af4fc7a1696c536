from django.urls import path

from loimi.base import views

app_name = "base"
urlpatterns = [
    path("appearance/", views.appearance, name="appearance"),
    path("offline/", views.offline, name="offline"),
    path("service-worker.js", views.service_worker, name="service-worker"),
    path("site.webmanifest", views.manifest, name="manifest"),
]
