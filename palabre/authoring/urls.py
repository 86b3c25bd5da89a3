"""Write, and what every item has whatever its kind."""

from django.urls import path

from palabre.authoring.views import conflict, drafts, history, life, placing, templates, trust, writing

app_name = "authoring"
urlpatterns = [
    path("write/", writing.new, name="write"),
    path("write/draft/", drafts.keep, name="draft"),
    path("write/drafts/", drafts.listed, name="drafts"),
    path("write/drafts/<int:pk>/", drafts.discard, name="discard"),
    path("write/preview/", drafts.preview, name="preview"),
    path("write/complete/", drafts.complete, name="complete"),
    path("items/<int:pk>/", life.address, name="item"),
    path("items/<int:pk>/edit/", writing.edit, name="edit"),
    path("items/<int:pk>/conflict/", conflict.choose, name="conflict"),
    path("items/<int:pk>/undo/", writing.undo, name="undo"),
    path("items/<int:pk>/history/", history.versions, name="history"),
    path("items/<int:pk>/history/<int:number>/", history.version, name="version"),
    path("items/<int:pk>/history/<int:number>/restoration/", history.restoration, name="restoration"),
    path("items/<int:pk>/difference/", history.difference, name="difference"),
    path("items/<int:pk>/authorship/", history.authorship, name="authorship"),
    path("items/<int:pk>/publication/", life.publication, name="publication"),
    path("items/<int:pk>/withdrawal/", life.withdrawal, name="withdrawal"),
    path("items/<int:pk>/archive/", life.archive, name="archive"),
    path("items/<int:pk>/trash/", life.trash, name="trash"),
    path("items/<int:pk>/move/", placing.place, name="move"),
    path("items/<int:pk>/owner/", life.ownership, name="owner"),
    path("items/<int:pk>/verification/", trust.verification, name="verification"),
    path("items/<int:pk>/report/", trust.report, name="report"),
    path("spaces/<slug:slug>/trash/", life.thrown_away, name="thrown_away"),
    path("spaces/<slug:slug>/templates/", templates.listed, name="templates"),
    path("spaces/<slug:slug>/templates/<int:pk>/removal/", templates.removal, name="template_removal"),
]
