"""The hand-over as a FHIR R4B document (4.3.0), so that the record systems of clinics can take it in.

One document is about one person, as is an encounter, and in one language, the clinician's; its sections are the four
parts of SBAR. Findings carry no codes, because no source that we may use gives them; measurements carry those of the
vital signs profiles, from `knowledge/content/measurements.yaml`. Everything is labelled: what was told as reported by
the patient and of uncertain reliability, what was concluded as asserted by software. No name, birth date, telephone
number or id of the encounter is in it. The same turn of an encounter gives the same document, bit for bit.

`fhir.resources`, which validates it, is imported by `document` when the first one is written.
"""

from triage.fhir.document import DocumentWriter, is_installed
from triage.fhir.elements import MEDIA_TYPE

__all__ = ["MEDIA_TYPE", "DocumentWriter", "is_installed"]
