# SPDX-License-Identifier: Apache-2.0
# Keeps an OmegaT project in step with a desk: powershell -File omegat.ps1 http://HOST/t/TOKEN PROJECT
param([Parameter(Mandatory)][string]$Address, [Parameter(Mandatory)][string]$Project)
$ErrorActionPreference = 'Stop'
if (-not (Test-Path -LiteralPath $Project -PathType Container)) { throw "There is no folder $Project" }
$mark = Join-Path $Project '.taiyaku-state'
$last = Join-Path $Project '.taiyaku-last.zip'
$new = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
New-Item -ItemType Directory $new | Out-Null
try {
    $client = New-Object Net.WebClient
    if (Test-Path -LiteralPath $mark) { $client.Headers['If-None-Match'] = (Get-Content -LiteralPath $mark -Raw).Trim() }
    $client.DownloadFile("$($Address.TrimEnd('/'))/omegat.zip", "$new\all.zip")
    Expand-Archive -LiteralPath "$new\all.zip" -DestinationPath "$new\files"
    Copy-Item -Path "$new\files\*" -Destination $Project -Recurse -Force
    if (Test-Path -LiteralPath $last) {   # what is no longer sent goes, unless somebody changed it
        Expand-Archive -LiteralPath $last -DestinationPath "$new\old"
        foreach ($file in Get-ChildItem -LiteralPath "$new\old" -Recurse -File) {
            $way = $file.FullName.Substring("$new\old\".Length); $ours = Join-Path $Project $way
            if ((Test-Path -LiteralPath "$new\files\$way") -or -not (Test-Path -LiteralPath $ours)) { continue }
            if ((Get-FileHash -LiteralPath $ours).Hash -eq (Get-FileHash -LiteralPath $file.FullName).Hash) { Remove-Item -LiteralPath $ours }
        }
    }
    Copy-Item -LiteralPath "$new\all.zip" -Destination $last -Force
    Set-Content -LiteralPath $mark -Value $client.ResponseHeaders['ETag']
} catch [Net.WebException] {
    if ([int]$_.Exception.Response.StatusCode -ne 304) { throw }   # 304: nothing has changed
} finally { Remove-Item -Recurse -Force -LiteralPath $new }
