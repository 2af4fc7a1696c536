from django.urls import path

from loimi.workspace import views

app_name = "workspace"
urlpatterns = [
    path("", views.front, name="front"),
    path("about/", views.about, name="about"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
