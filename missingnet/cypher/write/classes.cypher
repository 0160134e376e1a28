// WRITE: every visibility class
MATCH (v:VisibilityClass)
RETURN v.number AS number, v.owner AS owner, v.authorities AS authorities, v.compartments AS compartments,
       v.handling AS handling, v.condition AS condition ORDER BY number
