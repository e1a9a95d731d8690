Drillyard
Copyright 2026 the Drillyard authors
Licensed under the Apache License, Version 2.0: see LICENSE.

The build puts these libraries, as their authors published them, beside Drillyard's jar; each holds the notices that
its authors put into it. This list is made by the build, of what it resolved: name, file, licence, address.

<#list dependencyMap as entry>
<#assign project = entry.getKey()/>
${project.name}
  ${project.artifactId}-${project.version}.jar (${project.groupId})
  ${entry.getValue()?join(" or ")}
  <#-- The address of a publisher's parent says nothing of the library. -->
  <#assign address = project.url!""/>
  ${(address == "" || address?contains("oss-repository-hosting"))?then("no address is given", address)}

</#list>
Set-up builds node images and object stores' servers on the machine that they run on, out of what Debian, the Go
modules and the npm packages named in src/main/resources/io/drillyard/host/lab/recipes/ are published as. They are no
part of Drillyard, and their own licences hold for them.
