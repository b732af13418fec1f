"""The faces of Salama: patient page, HTTP API and command line. No clinical logic lives here."""
