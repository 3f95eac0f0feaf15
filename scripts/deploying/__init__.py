"""What stands an environment up in AWS, looks at it before and after, and takes old versions away."""
