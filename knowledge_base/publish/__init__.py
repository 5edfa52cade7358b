"""What happens after MkDocs: inspect, then switch. A build that fails leaves the published site as it was."""
