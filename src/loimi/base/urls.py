from django.urls import path

from loimi.base import views

app_name = "base"
urlpatterns = [
    path("appearance/", views.appearance, name="appearance"),
]
