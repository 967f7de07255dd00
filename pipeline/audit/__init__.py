"""A dataset or one document comes in; its audit, what a reviewer or editor should look at, and a page of it go out."""

from pipeline.audit.examination import Examined, Passage, examine
from pipeline.audit.gathering import Audit, audit_dataset, audit_document
from pipeline.audit.page import spell_page

__all__ = ["Audit", "Examined", "Passage", "audit_dataset", "audit_document", "examine", "spell_page"]
