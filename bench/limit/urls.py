from django.urls import path

from bench.limit import views

urlpatterns = [
    path("", views.start),
    path("points/", views.points),
    path("points/<int:pk>/", views.point),
    path("chapters/<int:number>/", views.chapter),
    path("whole/", views.whole),
    path("hand-in/", views.hand_in),
]
