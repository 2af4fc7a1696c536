from django.urls import path

from loimi.workspace import views

app_name = "workspace"
urlpatterns = [
    path("", views.front, name="front"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
