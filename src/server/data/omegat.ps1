# SPDX-License-Identifier: Apache-2.0
# Keeps an OmegaT project in step with a desk: powershell -File omegat.ps1 http://HOST/t/TOKEN PROJECT
param([Parameter(Mandatory)][string]$Address, [Parameter(Mandatory)][string]$Project)
$ErrorActionPreference = 'Stop'
if (-not (Test-Path -LiteralPath $Project -PathType Container)) { throw "There is no folder $Project" }
$mark = Join-Path $Project '.taiyaku-state'
$new = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
New-Item -ItemType Directory $new | Out-Null
try {
    $client = New-Object Net.WebClient
    if (Test-Path -LiteralPath $mark) { $client.Headers['If-None-Match'] = (Get-Content -LiteralPath $mark -Raw).Trim() }
    $client.DownloadFile("$($Address.TrimEnd('/'))/omegat.zip", "$new\all.zip")
    Expand-Archive -LiteralPath "$new\all.zip" -DestinationPath "$new\files"
    Copy-Item -Path "$new\files\*" -Destination $Project -Recurse -Force
    Set-Content -LiteralPath $mark -Value $client.ResponseHeaders['ETag']
} catch [Net.WebException] {
    if ([int]$_.Exception.Response.StatusCode -ne 304) { throw }   # 304: nothing has changed
} finally { Remove-Item -Recurse -Force -LiteralPath $new }
