"""Templates of a workspace: which serves which paper, copies of the playbook's or the engine's, and whether they work."""
