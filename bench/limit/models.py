"""The one model."""

from django.db import models


class Item(models.Model):
    chapter = models.PositiveIntegerField(default=0, db_index=True)
    title = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        app_label = "limit"

    def __str__(self) -> str:
        return self.title
