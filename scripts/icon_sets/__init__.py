"""What the reader of SVG logos makes of icon sets that people use."""
