"""How content is the writer: from the raw reviews to stars that a buyer can act on."""
