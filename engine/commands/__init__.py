"""The verbs, one file each: parse, one call, print. `_frame` holds the words click needs, `_shared` what verbs share."""
