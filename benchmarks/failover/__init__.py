"""What search loses when a node of Elasticsearch dies: nothing."""
