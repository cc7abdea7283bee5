"""Looking at a playbook as a whole: its picture, the difference of two versions, its resolved text."""
