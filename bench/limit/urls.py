from django.urls import path

from bench.limit import views

urlpatterns = [
    path("", views.start),
    path("rows/<int:amount>/", views.rows),
    path("numbers/", views.numbers),
    path("sheet.xlsx", views.sheet),
    path("points/<int:pk>/", views.point),
    path("chapters/<int:number>/", views.chapter),
    path("whole/", views.whole),
    path("hand-in/", views.hand_in),
]
