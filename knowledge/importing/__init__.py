"""Bringing a clinic's own texts in: Markdown, MedlinePlus health topics, FHIR; always as drafts, all or nothing.

What is imported is data: nothing in it is fetched, run or obeyed, and no patient reads it before it is signed.
"""

from knowledge.importing.bring import Imported, import_content

__all__ = ["Imported", "import_content"]
