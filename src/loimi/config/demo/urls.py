"""Every address of a demo: the house's, and the way in without a password."""

from django.urls import include, path

from loimi.config.demo import views
from loimi.config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500"]

demo = (
    [path("enter/", views.enter, name="enter"), path("leave/", views.leave, name="leave")],
    "demo",
)
urlpatterns = [path("demo/", include(demo)), *urlpatterns]
