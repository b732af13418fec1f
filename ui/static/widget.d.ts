// Types of the events that the Salama widget sends to the page it stands on; none of them carries a patient's words.
export type SalamaDisposition = "self_care" | "routine" | "soon" | "today" | "emergency_department" | "ambulance";

export interface SalamaDispositionDetail {
  /** The advice that the patient has just been shown. */
  disposition: SalamaDisposition;
}

/** The patient opened the summary for a clinician, or asked for a person. */
export type SalamaHandoffDetail = Record<string, never>;

declare global {
  interface DocumentEventMap {
    "salama:disposition": CustomEvent<SalamaDispositionDetail>;
    "salama:handoff": CustomEvent<SalamaHandoffDetail>;
  }
}
