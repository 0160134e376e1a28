// WRITE: new links between nodes that stand
// for: FROM,LINK,TO
UNWIND $rows AS row MATCH (a:FROM {id: row.a}) MATCH (b:TO {id: row.b})
CREATE (a)-[l:LINK {LINK_FACTS}]->(b)
