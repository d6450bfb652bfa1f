"""Pages of earlier agreements: the regency's list, the village's taking it over, one record with what is missing."""
