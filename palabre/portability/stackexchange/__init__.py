"""An export of a Stack Exchange community, brought in as questions and answers: `importing.import_stackexchange`."""
