"""Our own deadline: working days since a request was delivered. Pure: values in, values out, nothing is stored."""
