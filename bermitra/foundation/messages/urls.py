"""Addresses of the inbox, below the work box."""

from django.urls import path

from bermitra.foundation.messages import views

urlpatterns = [
    path("kabar/", views.inbox, name="page.inbox"),
    path("kabar/dibaca/", views.mark_read, name="messages.mark_read"),
    path("kabar/<str:code>/", views.notice, name="page.notice"),
    path("kabar/<str:code>/tersampaikan/", views.confirm_sent, name="messages.confirm_sent"),
]
