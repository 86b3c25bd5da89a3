"""What people ask of consultations, page by page."""
