"""Files that come with an application 附件: kept under the draft, bound to the case when it is handed in."""

from __future__ import annotations

from django.http import HttpRequest

from yizhan.cases.drafts import Desk
from yizhan.cases.models import Case
from yizhan.forms.faults import Fault
from yizhan.forms.showing import Attached
from yizhan.records import files, uploading
from yizhan.records.models import StoredFile
from yizhan.records.refusals import FileRefused


def keep(desk: Desk, request: HttpRequest) -> tuple[dict[str, list[str]], list[Fault]]:
    """Keep what a browser sent for the draft's form; what is refused is told at its question.

    Returns:
        The ids of the kept files by path, and the faults.
    """
    kept: dict[str, list[str]] = {}
    faults = [
        Fault(path, refusal.message, refusal.advice) for path, refusal in uploading.refused(request).items()
    ]
    for path, uploads_ in request.FILES.lists():
        field = desk.form.field_at(path)
        if field is None or field.sheet.widget != "file":
            continue
        for upload in uploads_:
            fault = desk.form.refused_upload(path, upload.name or "", upload.size or 0)
            if fault is None:
                try:
                    stored = files.keep(
                        upload, by=desk.by.key, owner=owner_of(desk), account=desk.by.account_id
                    )
                except FileRefused as refusal:
                    fault = Fault(path, refusal.message, refusal.advice)
                else:
                    kept.setdefault(path, []).append(str(stored.id))
            if fault is not None:
                faults.append(fault)
    return kept, faults


def owner_of(desk: Desk) -> str:
    """The key under which a draft's files are kept."""
    return f"draft:{desk.draft.id}"


def bind(desk: Desk, case: Case) -> None:
    """The draft's files become the case's; whoever takes part in the case may see them."""
    for file in StoredFile.objects.filter(owner=owner_of(desk), removed_at=None, released_at=None):
        files.bind(
            file, f"case:{case.number}", account=case.holder, holder_key=case.subject, units=case.units
        )


def attached(desk: Desk) -> dict[str, Attached]:
    """The draft's files as pages show them."""
    kept = StoredFile.objects.filter(owner=owner_of(desk), removed_at=None)
    return {str(file.id): Attached(file.name, file.size) for file in kept}
