"""A bill of materials judged from upload to report; a check is a pure function of its stored inputs."""
