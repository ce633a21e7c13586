"""Tests that need torch: `training/check.sh --torch`."""
