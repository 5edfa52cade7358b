"""What happens after MkDocs, in the order of `build.py`. A build that fails leaves the published site as it was."""
